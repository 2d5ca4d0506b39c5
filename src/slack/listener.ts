import type { HomeView, ModalView } from '@slack/types';
import type { OutgoingMessage, Rendered } from '../outbox/message.ts';
import type { Work } from '../work.ts';

/** Where and by whom something was clicked. */
export interface Click {
  userId: string;
  /** Missing for clicks in modals. */
  channelId?: string;
  /** The thread the click happened in, if it was one. */
  threadTs?: string;
  responseUrl?: string;
  /** The button's value, or the chosen option's. */
  value: string;
  /** What stands behind the colon of the action id: `voicemail` of `touch:voicemail`. */
  variant: string;
  /** Whether it was in a row that says itself what was done: nobody is told a second time. */
  inRow: boolean;
  /** Whether only they see the message: it may be in a conversation that the app is not in. */
  inAnswer: boolean;
  /** The name of the answer to a command that they clicked in (`rowBlock`): it is brought up to date. */
  list?: string | undefined;
  /** What the modal remembers that they clicked in. */
  metadata?: string | undefined;
  /** What is chosen in that modal and not saved yet, as in `Submission`. */
  values: Submission['values'];
}

/** What the person gets back; all of it happens after the transaction is on disk. */
export interface ClickReply {
  /** A message only for them, where they clicked. */
  say?: OutgoingMessage;
  /** Takes the place of the ephemeral message they clicked in. */
  replace?: OutgoingMessage;
  /** Opens a modal; after a click in a modal, on top of that one. */
  open?: ModalView;
  /** Takes the place of the modal they clicked in. */
  show?: ModalView;
  /** The person's App Home from now on. */
  home?: HomeView;
  meanwhile?: Meanwhile;
}

/** What a form may look up in Slack. */
export interface SlackReader {
  /**
   * A channel's messages, newest first. @param options.latest no newer ones than this `ts`, itself included
   * @throws Refusal when Slack won't show them
   */
  history(channelId: string, options: { limit: number; latest?: string }): Promise<Record<string, unknown>[]>;
  /** Somebody's account and status as they are now; undefined for whom Slack does not show. */
  person(userId: string): Promise<UserChange | undefined>;
  /** A file that was put into a form. @throws Refusal when it is larger, or can't be had */
  download(fileId: string, mostBytes: number): Promise<{ name: string; bytes: Buffer }>;
}

/**
 * Work that takes longer than Slack waits: it runs once the transaction is on disk and the modal is open, and what it
 * returns takes the modal's place. A Refusal it throws is shown there.
 */
export type Meanwhile = (tools: {
  slack: SlackReader;
  transact: <T>(unit: (work: Work) => Promise<T>) => Promise<T>;
}) => Promise<ModalView>;

export interface Submission {
  userId: string;
  metadata: string;
  /** The fields' values by block id; null where nothing was filled in, lists joined by the field's reader. */
  values: Record<string, string | string[] | null>;
}

/** Messages under the fields of the modal, by block id; the modal stays open. */
export type FieldErrors = Record<string, string>;

/** Another view in the form's place. */
export interface NextView {
  next: ModalView;
  meanwhile?: Meanwhile;
}

/** Closes the form, and shows the person's App Home anew. */
export interface HomeReply {
  home: HomeView;
}

/**
 * Closes the form, and tells its sender something: on top of the App Home if the form came from there, else only for
 * them in the conversation where they opened it, else directly.
 */
export interface SaidReply {
  say: OutgoingMessage;
  /** Whether a row of the list says the same that the form was opened from: then nothing comes beside it, where it would move the rows. */
  inRow?: boolean;
  at: { channelId?: string | undefined; threadTs?: string | undefined };
}

export type FormReply = FieldErrors | NextView | HomeReply | SaidReply;

/** The global kind, or the kind in a message's menu. */
export interface Shortcut {
  userId: string;
  channelId?: string;
  /** As Slack sends it. */
  message?: Record<string, unknown>;
  responseUrl?: string;
}

export interface SlashCommand {
  userId: string;
  channelId: string;
  text: string;
}

export interface ChannelJoin {
  channelId: string;
  userId: string;
  eventTs: string;
}

/** What somebody's profile and account say now; Slack does not say what was different before. */
export interface UserChange {
  userId: string;
  deactivated: boolean;
  status: {
    /** With its colons; empty for none. */
    emoji: string;
    text: string;
    /** UTC milliseconds; null for a status that stays until it is cleared. */
    expiresAt: number | null;
  };
}

/**
 * One thing the app listens to. A handler only translates: parse, one call, render. It runs in a transaction; a
 * `Refusal` rolls back and becomes a sentence for the person.
 */
export type Listener =
  | { on: 'action'; name: string; handle(work: Work, click: Click): Promise<ClickReply | void> }
  | { on: 'submit'; name: string; handle(work: Work, form: Submission): Promise<FormReply | void> }
  | { on: 'shortcut'; name: string; handle(work: Work, shortcut: Shortcut): Promise<ClickReply | void> }
  | { on: 'command'; name: string; handle(work: Work, command: SlashCommand): Promise<CommandReply> }
  | { on: 'message'; handle(work: Work, message: Record<string, unknown>): Promise<void> }
  | { on: 'join'; handle(work: Work, join: ChannelJoin): Promise<void> }
  | { on: 'user'; handle(work: Work, change: UserChange): Promise<void> }
  /** What an answer to a command says now that somebody has clicked in it. */
  | { on: 'list'; handle(userId: string, list: string): OutgoingMessage }
  /** What somebody sees in the app's Home: when they open it, and after whatever they do there. */
  | { on: 'home'; handle(work: Work, userId: string, look: HomeLook): Promise<HomeView> };

/** `notice`: what they would have been whispered had they clicked in a channel. */
export type HomeLook = { opened: true } | { opened: false; notice?: Rendered | undefined };

/** The answer to a slash command: shown only to the person who typed it, or a modal. */
export type CommandReply =
  | Rendered
  | { open: ModalView; meanwhile?: Meanwhile }
  /** For what may need a second try, a chart that the server refuses: through the outbox. */
  | { reply: OutgoingMessage };

export const onAction = (name: string, handle: Extract<Listener, { on: 'action' }>['handle']): Listener => ({
  on: 'action',
  name,
  handle,
});

export const onSubmit = (name: string, handle: Extract<Listener, { on: 'submit' }>['handle']): Listener => ({
  on: 'submit',
  name,
  handle,
});

export const onShortcut = (
  name: string,
  handle: Extract<Listener, { on: 'shortcut' }>['handle'],
): Listener => ({ on: 'shortcut', name, handle });

export const onCommand = (
  name: string,
  handle: Extract<Listener, { on: 'command' }>['handle'],
): Listener => ({ on: 'command', name, handle });

/** Reads an id that one of our own buttons carries. @throws when the payload is not one of ours */
export function idOf(value: string): number {
  const id = Number(value);
  if (!Number.isSafeInteger(id) || id <= 0) throw new Error(`Not an id: ${value.slice(0, 40)}`);
  return id;
}
