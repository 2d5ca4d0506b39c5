import type { AckFn, App } from '@slack/bolt';
import { postDirect, postEphemeral, replaceEphemeral, replyToCommand } from '../outbox/enqueue.ts';
import { Refusal } from '../errors.ts';
import type { OutgoingMessage, Renderer } from '../outbox/message.ts';
import type { Work } from '../work.ts';
import type { Guard } from './guard.ts';
import type { ClickReply, FormReply, HomeReply, Listener, NextView, SaidReply } from './listener.ts';
import { type Modals, type Origin, refusalView, type Triggered } from './modals.ts';
import { note } from './note.ts';
import { parseClick, parseShortcut, parseSubmission, parseUserChange } from './payload.ts';

/** What Bolt hands to the errors of listeners: we let them reach the receiver, which then does not acknowledge. */
export function letErrorsReachTheReceiver(app: App): void {
  app.error((error) => Promise.reject(error));
}

/**
 * Connects the listeners to Bolt: parse, run in a transaction, acknowledge, then open what has to open.
 * @param options.render any message, for the App Home
 * @param options.invited called when the app itself has come (back) into a channel
 */
export function registerListeners(
  app: App,
  listeners: readonly Listener[],
  guard: Guard,
  modals: Modals,
  { render, invited }: { render: Renderer; invited: () => void },
): void {
  const actions = named(listeners, 'action');
  const submits = named(listeners, 'submit');
  const shortcuts = named(listeners, 'shortcut');
  const home = listeners.find((listener) => listener.on === 'home');
  const lists = listeners.find((listener) => listener.on === 'list');

  /** Shows the Home as it is now. @param said what would have been whispered */
  const republish = (userId: string, said?: OutgoingMessage): void => {
    if (!home) return;
    const view = guard.transact(async (work) =>
      home.handle(work, userId, {
        opened: false,
        notice: said && ((await render(work, said)) ?? undefined),
      }),
    );
    modals.publish(userId, view);
  };

  /** Brings the answer up to date that somebody clicked in. */
  const redraw = async (work: Work, userId: string, { list, responseUrl }: Partial<List>): Promise<void> => {
    if (lists && list !== undefined && responseUrl !== undefined)
      await replaceEphemeral(work, lists.handle(userId, list), responseUrl);
  };

  app.action(/.*/, async ({ body, ack }) => {
    const click = parseClick(body);
    const listener = actions.get(click.actionId.split(':')[0] ?? '');
    let clickedAt = 0;
    const outcome = await guard.run(click.actionId, async (work) => {
      clickedAt = work.now;
      if (!listener) throw new Refusal(unknownAction);
      const reply = await listener.handle(work, click);
      if (reply) await queueReply(work, click, reply);
      if (!reply?.open) await redraw(work, click.userId, click);
      return reply;
    });
    const by = body as Triggered;
    const said = outcome.ok ? outcome.result : { say: outcome.reply ?? note.of({ text: outcome.sentence }) };
    const inHome = by.view?.type === 'home';
    // There is no place to whisper in a view; in a Home it stands on top.
    const inView = click.channelId === undefined;
    if (!outcome.ok && said && !inView)
      await guard.transact(async (work) => {
        await queueReply(work, click, said);
        await redraw(work, click.userId, click);
      });
    await ack();
    if (!outcome.ok && inView && !inHome) return modals.open(by, click, refusalView(outcome.sentence));
    const { open, show, home: view, meanwhile } = (outcome.ok && outcome.result) || {};
    if (view) modals.publish(click.userId, view);
    else if (inHome && !open) republish(click.userId, said?.replace ?? said?.say);
    if (open) await modals.open(by, { ...click, clickedAt }, open, meanwhile);
    else if (show) await modals.replace(by, show, meanwhile);
    return undefined;
  });

  app.shortcut(/.*/, async ({ body, ack }) => {
    const shortcut = parseShortcut(body);
    const listener = shortcuts.get(shortcut.name);
    const outcome = await guard.run(shortcut.name, async (work) => {
      if (!listener) throw new Refusal('This shortcut belongs to another version of the app.');
      const reply = await listener.handle(work, shortcut);
      if (reply) await queueReply(work, shortcut, reply);
      return reply;
    });
    await ack();
    // There may be no place to whisper: a global shortcut has no channel, and the app may not be in the message's.
    if (!outcome.ok) await modals.open(body, shortcut, refusalView(outcome.sentence, 'Close'));
    else if (outcome.result?.open) {
      await modals.open(body, shortcut, outcome.result.open, outcome.result.meanwhile);
    }
  });

  app.view(/.*/, async ({ body, ack }) => {
    const submission = parseSubmission(body);
    const listener = submits.get(body.view.callback_id);
    const origin = modals.originOf(body.view.root_view_id ?? undefined);
    const fromHome = origin === 'home';
    const outcome = await guard.run(body.view.callback_id, async (work) => {
      if (!listener) throw new Refusal('This form belongs to another version of the app. Open it again.');
      const reply = await listener.handle(work, submission);
      const list = origin !== 'home' && origin && origin.until > work.now ? origin : undefined;
      if (reply && isSaidReply(reply) && !fromHome && !(list && reply.inRow))
        await tell(work, submission.userId, reply);
      if (list && isDone(reply)) await redraw(work, submission.userId, list);
      return reply;
    });
    if (!outcome.ok) return ack({ response_action: 'push', view: refusalView(outcome.sentence) });
    const result: FormReply = outcome.result ?? {};
    if (isHomeReply(result)) {
      await ack();
      return modals.publish(submission.userId, result.home);
    }
    if (isDone(result)) {
      if (fromHome)
        republish(submission.userId, isSaidReply(result) && !result.inRow ? result.say : undefined);
      return ack();
    }
    if (!isNextView(result)) return ack({ response_action: 'errors', errors: result });
    if (fromHome) republish(submission.userId);
    await ack({ response_action: 'update', view: result.next });
    if (result.meanwhile) modals.goOn(body.view.id, result.meanwhile);
    return undefined;
  });

  for (const listener of listeners) {
    if (listener.on === 'command') registerCommand(app, listener, guard, modals);
    if (listener.on === 'message') {
      app.message(async ({ message }) => {
        await guard.transact((work) => listener.handle(work, message as unknown as Record<string, unknown>));
      });
    }
    if (listener.on === 'join') {
      app.event('member_joined_channel', async ({ event, context: { botUserId } }) => {
        await guard.transact((work) =>
          listener.handle(work, {
            channelId: event.channel,
            userId: event.user,
            eventTs: event.event_ts,
          }),
        );
        if (event.user === botUserId) invited();
      });
    }
    if (listener.on === 'user') {
      app.event('user_change', async ({ event }) => {
        await guard.transact((work) => listener.handle(work, parseUserChange(event)));
      });
    }
    if (listener.on === 'home') {
      app.event('app_home_opened', async ({ event }) => {
        if (event.tab !== 'home') return;
        const view = await guard.transact((work) => listener.handle(work, event.user, { opened: true }));
        modals.publish(event.user, view);
      });
    }
  }
}

const unknownAction =
  'This button belongs to another version of the app, so nothing was changed. Use the newest message about this lead.';

type Named = Extract<Listener, { name: string }>;

function named<Kind extends Named['on']>(
  listeners: readonly Listener[],
  kind: Kind,
): Map<string, Extract<Named, { on: Kind }>> {
  const found = new Map<string, Extract<Named, { on: Kind }>>();
  for (const entry of listeners) {
    if (entry.on === kind) found.set(entry.name, entry as Extract<Named, { on: Kind }>);
  }
  return found;
}

type List = Exclude<Origin, 'home'>;

/** Whether the form is closed with it. */
function isDone(reply: FormReply | void): reply is SaidReply | Record<string, never> | undefined {
  return !reply || isSaidReply(reply) || Object.keys(reply).length === 0;
}

function isNextView(reply: object): reply is NextView {
  return 'next' in reply && typeof reply.next === 'object';
}

function isHomeReply(reply: object): reply is HomeReply {
  return 'home' in reply && typeof reply.home === 'object';
}

function isSaidReply(reply: object): reply is SaidReply {
  return 'say' in reply && typeof reply.say === 'object';
}

async function tell(work: Work, userId: string, { say, at }: SaidReply): Promise<void> {
  const { channelId, threadTs } = at;
  if (channelId === undefined) await postDirect(work, say, userId);
  else await postEphemeral(work, say, { channelId, threadTs, userId });
}

function registerCommand(
  app: App,
  listener: Extract<Listener, { on: 'command' }>,
  guard: Guard,
  modals: Modals,
): void {
  app.command(listener.name, async ({ command, ack }) => {
    const outcome = await guard.run(listener.name, async (work) => {
      const { user_id: userId, channel_id: channelId, text, response_url: responseUrl } = command;
      const reply = await listener.handle(work, { userId, channelId, text: text.trim() });
      if ('reply' in reply) await replyToCommand(work, reply.reply, responseUrl);
      return reply;
    });
    if (!outcome.ok) return ack({ response_type: 'ephemeral', text: outcome.sentence });
    if ('reply' in outcome.result) return ack();
    if ('open' in outcome.result) {
      await ack();
      const where = { userId: command.user_id, channelId: command.channel_id };
      return modals.open(command, where, outcome.result.open, outcome.result.meanwhile);
    }
    const { text, blocks } = outcome.result;
    await (ack as AckFn<object>)({ response_type: 'ephemeral', text, ...(blocks && { blocks }) });
  });
}

interface ReplyPlace {
  userId: string;
  channelId?: string;
  threadTs?: string;
  responseUrl?: string;
  list?: string | undefined;
  inAnswer?: boolean;
}

async function queueReply(work: Work, where: ReplyPlace, reply: ClickReply): Promise<void> {
  const { userId, channelId, threadTs, responseUrl, list, inAnswer = false } = where;
  // A list says itself what was done.
  if (reply.replace && responseUrl !== undefined && list === undefined)
    await replaceEphemeral(work, reply.replace, responseUrl);
  if (!reply.say || channelId === undefined) return;
  if (inAnswer && responseUrl !== undefined && threadTs === undefined)
    await replyToCommand(work, reply.say, responseUrl);
  else await postEphemeral(work, reply.say, { channelId, userId, threadTs });
}
