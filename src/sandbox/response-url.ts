import { randomUUID } from 'node:crypto';
import type { Core } from './core.ts';
import { SlackError } from './errors.ts';
import { deleteMessage, messageContent, postAsApp, postEphemeral, updateMessage } from './posting.ts';
import type { Fields, SandboxApp } from './types.ts';
import { isTrue, textOf } from './values.ts';

/** Where a response goes: what the person acted on. */
interface ResponseTarget {
  app: SandboxApp;
  channelId: string;
  user: string;
  messageTs?: string;
}

const livesMs = 30 * 60_000;
const uses = 5;

/** The addresses that payloads carry as `response_url`: five uses within half an hour. */
export class ResponseUrls {
  #targets = new Map<string, ResponseTarget & { createdMs: number; left: number }>();

  create(core: Core, target: ResponseTarget): string {
    const token = randomUUID();
    this.#targets.set(token, { ...target, createdMs: core.workspace.now, left: uses });
    if (this.#targets.size > 2000) this.#targets.delete([...this.#targets.keys()][0] ?? '');
    return `${core.url}/response/${token}`;
  }

  clear(): void {
    this.#targets.clear();
  }

  /** Handles what an app sends to one of them; the status and error to answer. */
  answer(core: Core, token: string, body: Fields): { status: number; error?: string } {
    const target = this.#targets.get(token);
    if (target === undefined) return { status: 404, error: 'no_service' };
    if (core.workspace.now - target.createdMs > livesMs) return { status: 404, error: 'expired_url' };
    if (target.left === 0) return { status: 404, error: 'used_url' };
    target.left -= 1;
    try {
      respond(core, target, body);
      return { status: 200 };
    } catch (error) {
      if (error instanceof SlackError) return { status: 400, error: error.code };
      throw error;
    }
  }
}

/** Shows an app's response, to the person alone unless it says `in_channel`. @throws SlackError like a post. */
export function respond(core: Core, { app, channelId, user, messageTs }: ResponseTarget, body: Fields): void {
  const channel = core.workspace.channel(channelId);
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
  const threadTs = channel.byTs.has(asked ?? '') ? asked : undefined;
  if (body.response_type === 'in_channel') postAsApp(core, app, channel, content, { thread_ts: threadTs });
  else postEphemeral(core, app, channel, user, content, threadTs);
}
