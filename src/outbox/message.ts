import type { ChatPostMessageArguments } from '@slack/web-api';
import type { z } from 'zod';
import type { Work } from '../work.ts';

export type Blocks = NonNullable<Extract<ChatPostMessageArguments, { blocks: unknown }>['blocks']>;

/** A message as it goes to Slack. */
export interface Rendered {
  /** What notifications and screen readers say: a whole sentence, never empty. */
  text: string;
  blocks?: Blocks;
  /** The same in plain blocks, for a server that refuses charts and tables with `invalid_blocks`. */
  classic?: Blocks;
  /** Uploaded with the text, and without blocks: for messages that are queued as files. */
  file?: RenderedFile;
}

export interface RenderedFile {
  /** With its ending, by which Slack shows what it is. */
  name: string;
  content: Buffer;
  /** What its reader is told instead if Slack refuses it for good. */
  missing: string;
}

/** What to say, as data: rendered only when it is sent, so that the reader sees the last state. */
export interface OutgoingMessage {
  type: string;
  data: unknown;
}

/**
 * One kind of message. `render` runs in the transaction that claims the message for sending; it returns null when
 * the message is no longer wanted (a touch was logged while its nudge waited).
 */
export interface DefinedMessage<T> {
  readonly type: string;
  /** Parses stored data and renders it. @throws when the stored data does not fit the schema. */
  render(work: Work, stored: unknown): Promise<Rendered | null>;
  of(data: T): OutgoingMessage;
}

/** Ties a message's name, the shape of its data and its rendering together. */
export function defineMessage<T>(
  type: string,
  schema: z.ZodType<T>,
  render: (work: Work, data: T) => Promise<Rendered | null> | Rendered | null,
): DefinedMessage<T> {
  return {
    type,
    render: async (work, stored) => render(work, schema.parse(stored)),
    of: (data) => ({ type, data }),
  };
}

export type Renderer = (work: Work, message: OutgoingMessage) => Promise<Rendered | null>;

/** Renders any message of these kinds at once, for a place that no message is sent to. */
export function rendererOf(types: readonly Pick<DefinedMessage<unknown>, 'type' | 'render'>[]): Renderer {
  const byType = new Map(types.map((type) => [type.type, type]));
  return async (work, { type, data }) => (await byType.get(type)?.render(work, data)) ?? null;
}
