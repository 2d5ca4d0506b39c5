import { z } from 'zod';
import { isRowBlock, listOfRow } from './kit.ts';
import type { Click, Shortcut, Submission, UserChange } from './listener.ts';

/**
 * Slack's payloads, parsed at the edge: only what we use, so that Slack may add whatever it likes.
 */
const id = z.string().min(1);

const fieldState = z.object({
  value: z.string().nullish(),
  selected_option: z.object({ value: z.string() }).nullish(),
  selected_options: z.array(z.object({ value: z.string() })).optional(),
  selected_users: z.array(id).optional(),
  selected_user: z.string().nullish(),
  selected_channel: z.string().nullish(),
  selected_conversation: z.string().nullish(),
  selected_time: z.string().nullish(),
  selected_date: z.string().nullish(),
  selected_date_time: z.number().nullish(),
  files: z.array(z.object({ id })).optional(),
});

const formState = z.object({ values: z.record(z.string(), z.record(z.string(), fieldState)) });

const clickBody = z.object({
  user: z.object({ id }),
  channel: z.object({ id }).optional(),
  container: z
    .object({
      thread_ts: z.string().optional(),
      message_ts: z.string().optional(),
      is_ephemeral: z.boolean().optional(),
      channel_id: z.string().optional(),
    })
    .optional(),
  view: z.object({ private_metadata: z.string().optional(), state: formState.optional() }).optional(),
  message: z.object({ ts: z.string().optional(), thread_ts: z.string().optional() }).optional(),
  response_url: z.string().optional(),
  actions: z
    .array(
      z.object({
        action_id: id,
        block_id: z.string().optional(),
        value: z.string().optional(),
        selected_option: z.object({ value: z.string() }).nullish(),
      }),
    )
    .min(1),
});

/** @throws ZodError for a payload that is not Slack's */
export function parseClick(body: unknown): Click & { actionId: string } {
  const parsed = clickBody.parse(body);
  const action = parsed.actions[0];
  if (!action) throw new Error('An action payload without an action');
  return {
    actionId: action.action_id,
    userId: parsed.user.id,
    channelId: parsed.channel?.id ?? parsed.container?.channel_id,
    threadTs: threadOf(parsed),
    responseUrl: parsed.response_url,
    value: action.value ?? action.selected_option?.value ?? '',
    inRow: isRowBlock(action.block_id),
    inAnswer: parsed.container?.is_ephemeral ?? false,
    list: listOfRow(action.block_id),
    variant: action.action_id.split(':')[1] ?? '',
    metadata: parsed.view?.private_metadata,
    values: valuesOf(parsed.view?.state),
  };
}

/** A message that has a thread names itself as the thread; a click on it is a click in the channel all the same. */
function threadOf({ message, container }: z.infer<typeof clickBody>): string | undefined {
  const threadTs = message?.thread_ts ?? container?.thread_ts;
  return threadTs === (message?.ts ?? container?.message_ts) ? undefined : threadTs;
}

const submissionBody = z.object({
  user: z.object({ id }),
  view: z.object({
    private_metadata: z.string().default(''),
    state: formState,
  }),
});

/** @throws ZodError for a payload that is not Slack's */
export function parseSubmission(body: unknown): Submission {
  const { user, view } = submissionBody.parse(body);
  return { userId: user.id, metadata: view.private_metadata, values: valuesOf(view.state) };
}

function valuesOf(state: z.infer<typeof formState> | undefined): Submission['values'] {
  const values: Submission['values'] = {};
  for (const [blockId, fields] of Object.entries(state?.values ?? {})) {
    const field = Object.values(fields)[0];
    if (!field) continue;
    values[blockId] =
      field.selected_users ??
      field.selected_options?.map((chosen) => chosen.value) ??
      field.files?.map((file) => file.id) ??
      field.value ??
      field.selected_option?.value ??
      field.selected_user ??
      field.selected_channel ??
      field.selected_conversation ??
      field.selected_time ??
      field.selected_date ??
      field.selected_date_time?.toString() ??
      null;
  }
  return values;
}

const shortcutBody = z.object({
  callback_id: id,
  user: z.object({ id }),
  channel: z.object({ id }).optional(),
  message: z.looseObject({ ts: z.string() }).optional(),
  response_url: z.string().optional(),
});

/** @throws ZodError for a payload that is not Slack's */
export function parseShortcut(body: unknown): Shortcut & { name: string } {
  const { callback_id: name, user, channel, message, response_url: responseUrl } = shortcutBody.parse(body);
  return { name, userId: user.id, channelId: channel?.id, message, responseUrl };
}

const userChange = z.object({
  user: z.object({
    id,
    deleted: z.boolean().default(false),
    profile: z
      .object({
        status_emoji: z.string().nullish(),
        status_text: z.string().nullish(),
        /** Unix seconds, 0 for never. */
        status_expiration: z.number().nullish(),
      })
      .prefault({}),
  }),
});

/** @throws ZodError for a payload that is not Slack's */
export function parseUserChange(event: unknown): UserChange {
  const { user } = userChange.parse(event);
  const { status_emoji: emoji, status_text: text, status_expiration: seconds } = user.profile;
  const expiresAt = (seconds ?? 0) > 0 ? (seconds ?? 0) * 1000 : null;
  return {
    userId: user.id,
    deactivated: user.deleted,
    status: { emoji: emoji ?? '', text: text ?? '', expiresAt },
  };
}

/** A field's single value, trimmed; empty when it was left out. */
export function textValue(form: Pick<Submission, 'values'>, blockId: string): string {
  const value = form.values[blockId];
  return typeof value === 'string' ? value.trim() : '';
}

/** A field's list of values; empty when nothing was chosen. */
export function listValue(form: Pick<Submission, 'values'>, blockId: string): string[] {
  const value = form.values[blockId];
  return Array.isArray(value) ? value : [];
}
