import type { Core } from './core.ts';
import { eventEnvelope, publicMessage } from './payloads.ts';
import type { Channel, Message, SandboxApp } from './types.ts';
import type { Fields } from './values.ts';

const nameInManifest = { channel: 'channels', group: 'groups', im: 'im', mpim: 'mpim' };
const messageEvent = ({ kind }: Channel): string => `message.${nameInManifest[kind]}`;

/**
 * Sends an event to the apps whose manifest subscribes to it (under `subscription`, if that is another name): one
 * app, those whose bot is in a channel, or all.
 */
export function emit(
  { workspace, delivery }: Core,
  event: Fields & { type: string },
  to: { app?: SandboxApp; channel?: Channel; subscription?: string } = {},
): void {
  for (const app of to.app === undefined ? workspace.seed.apps : [to.app]) {
    if (to.channel?.members.has(app.botUserId) === false) continue;
    const subscribed = app.manifest.settings?.event_subscriptions?.bot_events ?? [];
    if (!subscribed.includes(to.subscription ?? event.type)) continue;
    const event_ts = event.event_ts ?? workspace.nextTs();
    delivery.event(app, eventEnvelope(workspace, app, { ...event, event_ts }));
  }
}

export function messagePosted(core: Core, channel: Channel, message: Message): void {
  const shown = { ...publicMessage(message), channel: channel.id, event_ts: message.ts };
  const event = { ...shown, type: 'message', channel_type: channel.kind };
  emit(core, event, { channel, subscription: messageEvent(channel) });
  for (const app of core.workspace.seed.apps) {
    const isMentioned = message.text.includes(`<@${app.botUserId}>`) && channel.kind !== 'im';
    if (!isMentioned || message.user === app.botUserId || !channel.members.has(app.botUserId)) continue;
    emit(core, { ...shown, type: 'app_mention' }, { app });
  }
}

/** Tells of a message that was changed or deleted; `previous_message` is as it was. */
export function messageAltered(
  core: Core,
  channel: Channel,
  message: Message,
  subtype: 'message_changed' | 'message_deleted',
  previous_message: Fields,
): void {
  if (message.ephemeral_to !== undefined) return;
  const what =
    subtype === 'message_changed' ? { message: publicMessage(message) } : { deleted_ts: message.ts };
  const ts = core.workspace.nextTs();
  const place = { channel: channel.id, channel_type: channel.kind, ts, event_ts: ts };
  const event = { type: 'message', subtype, ...what, previous_message, hidden: true, ...place };
  emit(core, event, { channel, subscription: messageEvent(channel) });
}
