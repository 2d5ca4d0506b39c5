import { z } from 'zod';
import { faultRule } from './faults.ts';

const text = z.string().min(1);
const maybe = text.optional();
const anyText = z.string().optional();
const number = z.number().optional();
const fields = z.record(z.string(), z.unknown());
const list = z.array(fields).optional();
const place = z.object({ channel: text, user: text });
const message = z.object({ channel: text, ts: text });
/** An action as Slack would send it; the sandbox finds its element and fills in the rest. */
const action = z.looseObject({ action_id: text, type: maybe, block_id: maybe });
const acting = z.object({ user: text, action, values: fields.optional() });

/** What people and other apps do, by the name of the sandbox's method: what has to be said. */
export const inputs = {
  /** `files` as in `keepFiles`. */
  postMessage: place
    .extend({ text: z.string(), thread_ts: maybe, files: list })
    .refine((said) => said.text !== '' || said.files?.length, { error: 'text or files', path: ['text'] }),
  /** `modern` posts as today's apps do, with `bot_profile` and a bot user; otherwise as classic ones, `bot_message`. */
  botMessage: z.object({
    ...{ channel: text, username: text, text: anyText, attachments: list, blocks: list },
    modern: z.boolean().optional(),
  }),
  editMessage: message.extend({ text }),
  deleteMessage: message,
  /** `by` is who invited them. */
  invite: place.extend({ by: maybe }),
  leave: place,
  archive: z.object({ channel: text }),
  markRead: place,
  /** Times are Unix seconds. */
  setStatus: z.object({ user: text, text: anyText, emoji: anyText, expiration: number, dnd_until: number }),
  /** Takes somebody's account away, or gives it back. */
  deactivate: z.object({ user: text, deleted: z.boolean().default(true) }),
  openHome: z.object({ user: text, app: maybe }),
  command: place.extend({ command: text, text: anyText }),
  interact: z.union([
    acting.extend({ viewId: text }),
    acting.extend({ channel: text, messageTs: text, viewId: z.undefined().optional() }),
  ]),
  /** `viewId` is the modal on top when left out, `callback` the `callback_id` that it should have. */
  submit: z.object({ user: text, viewId: maybe, values: fields.optional(), callback: maybe }),
  closeView: z.object({ user: text, viewId: maybe }),
  /** On a message when `channel` and `messageTs` are given, from anywhere otherwise. */
  shortcut: z.object({ user: text, callbackId: text, channel: maybe, messageTs: maybe }),
  faults: z.union([z.array(faultRule), faultRule.transform((rule) => [rule])]),
};
export type Input<K extends keyof typeof inputs> = z.infer<(typeof inputs)[K]>;
