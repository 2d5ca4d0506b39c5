import type { HomeView, ModalView } from '@slack/types';
import type { WebClient } from '@slack/web-api';
import type { Logger } from 'pino';
import { Refusal } from '../errors.ts';
import { failureOf } from '../outbox/outcome.ts';
import { postDirect, postEphemeral } from '../outbox/enqueue.ts';
import type { Guard } from './guard.ts';
import { context, plain, section } from './kit.ts';
import type { Meanwhile, SlackReader } from './listener.ts';
import { note } from './note.ts';

/** People leave modals open, but not thousands of them. */
const mostOrigins = 1000;

export interface ModalsOptions {
  slack: WebClient;
  reader: SlackReader;
  guard: Guard;
  log: Logger;
}

/** What the person did, as far as it matters for what they see next. */
export interface Triggered {
  trigger_id: string;
  /** What they clicked in, where it was no message. */
  view?: { id: string; type: string };
}

interface Where {
  userId: string;
  channelId?: string;
  threadTs?: string;
  list?: string | undefined;
  responseUrl?: string;
  clickedAt?: number;
}

/** Slack takes no answer for longer. */
const responseMs = 30 * 60_000;

/** Somebody's App Home; or a list that they got as an answer, with where to bring it up to date, and until when. */
export type Origin = 'home' | { list: string; responseUrl: string; until: number };

function originOf(by: Triggered, { list, responseUrl, clickedAt = 0 }: Where): Origin | undefined {
  if (by.view?.type === 'home') return 'home';
  return list !== undefined && responseUrl !== undefined
    ? { list, responseUrl, until: clickedAt + responseMs }
    : undefined;
}

function isInModal(by: Triggered): boolean {
  return by.view?.type === 'modal';
}

/** Opens modals, lets work go on behind them, and shows people their App Home. */
export class Modals {
  readonly #options: ModalsOptions;
  readonly #running = new Set<Promise<void>>();
  /** The modals that were opened from where it shows what is saved in them, the newest last. */
  readonly #origins = new Map<string, Origin>();

  constructor(options: ModalsOptions) {
    this.#options = options;
  }

  /** Opens what a click or command asked for. If that fails, the person is told: Slack shows them nothing. */
  async open(by: Triggered, where: Where, view: ModalView, meanwhile?: Meanwhile): Promise<void> {
    const { slack, guard, log } = this.#options;
    try {
      const call = { trigger_id: by.trigger_id, view };
      const opened = isInModal(by) ? await slack.views.push(call) : await slack.views.open(call);
      const id = opened.view?.id;
      if (id !== undefined) this.#remember(id, originOf(by, where));
      if (meanwhile && id !== undefined) this.goOn(id, meanwhile);
    } catch (error) {
      log.warn({ err: error, callbackId: view.callback_id }, 'a modal could not be opened');
      const { userId, channelId, threadTs } = where;
      const sentence = note.of({ text: 'The form could not be opened. Please try once more.' });
      await guard.transact((work) =>
        channelId === undefined
          ? postDirect(work, sentence, userId)
          : postEphemeral(work, sentence, { userId, channelId, threadTs }),
      );
    }
  }

  /** Shows another view in the place of the one that was clicked in. */
  async replace(by: Triggered, view: ModalView, meanwhile?: Meanwhile): Promise<void> {
    if (by.view === undefined) return;
    await this.#update(by.view.id, view);
    if (meanwhile) this.goOn(by.view.id, meanwhile);
  }

  /** Where a modal, or the one it was pushed onto, was opened from; undefined where that does not matter. */
  originOf(rootViewId: string | undefined): Origin | undefined {
    return rootViewId === undefined ? undefined : this.#origins.get(rootViewId);
  }

  #remember(viewId: string, origin: Origin | undefined): void {
    if (!origin) return;
    this.#origins.set(viewId, origin);
    const [oldest] = this.#origins.keys();
    if (this.#origins.size > mostOrigins && oldest !== undefined) this.#origins.delete(oldest);
  }

  /** Shows somebody their App Home. Nobody waits for it; opening the Home once more shows it anew. */
  publish(userId: string, view: HomeView | Promise<HomeView>): void {
    this.#track(this.#publish(userId, view));
  }

  /** Starts the work behind a modal. Nobody waits for it: Slack wants its answer before this is done. */
  goOn(viewId: string, meanwhile: Meanwhile): void {
    this.#track(this.#show(viewId, meanwhile));
  }

  #track(work: Promise<void>): void {
    const running = work.finally(() => this.#running.delete(running));
    this.#running.add(running);
  }

  /** Resolves once nothing is going on behind modals, and every Home is shown. */
  async idle(): Promise<void> {
    while (this.#running.size > 0) await Promise.all(this.#running);
  }

  async #show(viewId: string, meanwhile: Meanwhile): Promise<void> {
    const { reader, guard, log } = this.#options;
    let view: ModalView;
    try {
      view = await meanwhile({ slack: reader, transact: (unit) => guard.transact(unit) });
    } catch (error) {
      if (!(error instanceof Refusal)) log.error({ err: error, viewId }, 'the work behind a modal failed');
      view = refusalView(error instanceof Refusal ? error.message : failed, 'Close');
    }
    await this.#update(viewId, view);
  }

  async #publish(userId: string, view: HomeView | Promise<HomeView>): Promise<void> {
    const { slack, log } = this.#options;
    try {
      await slack.views.publish({ user_id: userId, view: await view });
    } catch (error) {
      log.warn({ err: error, userId }, 'an App Home could not be shown');
    }
  }

  async #update(viewId: string, view: ModalView): Promise<void> {
    const { slack, log } = this.#options;
    const callbackId = view.callback_id;
    try {
      await slack.views.update({ view_id: viewId, view });
    } catch (error) {
      // Whoever has closed the modal meanwhile does not want to see it.
      if (failureOf(error).error === 'not_found') return;
      log.error({ err: error, viewId, callbackId }, 'a modal could not be brought up to date');
      if (callbackId !== 'refusal') await this.#update(viewId, refusalView(failed, 'Close'));
    }
  }
}

const failed = 'Something went wrong on our side and nothing was saved. Please try again.';

/** A refusal on top of a form, where *Back* leads to what was typed; or in a form's place, where it closes. */
export function refusalView(sentence: string, close: 'Back' | 'Close' = 'Back'): ModalView {
  return {
    type: 'modal',
    callback_id: 'refusal',
    title: plain(close === 'Back' ? 'Not saved' : 'That did not work', 24),
    close: plain(close, 24),
    blocks: [section(sentence)],
  };
}

/** What a modal shows while `meanwhile` is at work. */
export function waitingView(title: string, sentence: string): ModalView {
  return {
    type: 'modal',
    callback_id: 'waiting',
    title: plain(title, 24),
    close: plain('Close', 24),
    blocks: [section(`:hourglass_flowing_sand: ${sentence}`), context('This takes a few seconds.')],
  };
}
