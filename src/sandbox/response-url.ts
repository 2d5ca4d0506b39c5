import { randomUUID } from 'node:crypto';
import type { Core } from './core.ts';
import { deleteMessage, messageContent, postAsApp, postEphemeral, updateMessage } from './posting.ts';
import { isTrue, SlackError, textOf, type Fields } from './values.ts';
import { addLimited, type ResponseTarget } from './workspace.ts';

const livesMs = 30 * 60_000;
const uses = 5;

/** A new `response_url`: five uses within half an hour. */
export function newResponseUrl(core: Core, target: ResponseTarget): string {
  const token = randomUUID();
  addLimited(core.workspace.responses, token, { ...target, createdMs: core.workspace.now, left: uses });
  return `${core.url}/response/${token}`;
}

/** Handles what an app sends to a `response_url`; the status and error to answer. */
export function answerResponse(core: Core, token: string, body: Fields): { status: number; error?: string } {
  const target = core.workspace.responses.get(token);
  if (target === undefined) return { status: 404, error: 'no_service' };
  if (core.workspace.now - target.createdMs > livesMs) return { status: 404, error: 'expired_url' };
  if (target.left === 0) return { status: 404, error: 'used_url' };
  target.left -= 1;
  try {
    respond(core, target, body);
    return { status: 200 };
  } catch (error) {
    if (error instanceof SlackError) return { status: 400, error: error.message };
    throw error;
  }
}

/** Shows an app's response, to the person alone unless it says `in_channel`. @throws SlackError like a post. */
export function respond(core: Core, { app, channel, user, messageTs }: ResponseTarget, body: Fields): void {
  const original = channel.byTs.get(messageTs ?? '');
  if (isTrue(body.delete_original)) {
    if (original !== undefined) deleteMessage(core, channel, original);
    return;
  }
  const content = messageContent(core, body);
  if (isTrue(body.replace_original) && original !== undefined) {
    return updateMessage(core, channel, original, content);
  }
  const asked = textOf(body.thread_ts);
  const thread_ts = channel.byTs.has(asked ?? '') ? asked : undefined;
  if (body.response_type === 'in_channel') postAsApp(core, app, channel, content, { thread_ts });
  else postEphemeral(core, app, channel, user, content, thread_ts);
}
