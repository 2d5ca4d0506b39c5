import type { Core } from './core.ts';
import { eventEnvelope, publicMessage } from './payloads.ts';
import type { Channel, Fields, Message, SandboxApp } from './types.ts';

const messageEventOf = {
  channel: 'message.channels',
  group: 'message.groups',
  im: 'message.im',
  mpim: 'message.mpim',
} as const;

/** Sends an event to one app if its manifest subscribes to it; `subscription` is the name there. */
function toApp(
  core: Core,
  app: SandboxApp,
  event: Fields & { type: string },
  subscription = event.type,
): void {
  if (app.manifest.settings?.event_subscriptions?.bot_events?.includes(subscription) !== true) return;
  const stamped = { ...event, event_ts: event.event_ts ?? core.workspace.nextTs() };
  core.delivery.event(app, eventEnvelope(core.workspace, app, stamped));
}

/** Sends an event to the apps that are in a channel. */
function toChannel(
  core: Core,
  channel: Channel,
  event: Fields & { type: string },
  subscription?: string,
): void {
  for (const app of core.workspace.seed.apps) {
    if (channel.members.has(app.botUserId)) toApp(core, app, event, subscription);
  }
}

export function messagePosted(core: Core, channel: Channel, message: Message): void {
  const shown = { ...publicMessage(message), channel: channel.id, event_ts: message.ts };
  const event = { ...shown, type: 'message', channel_type: channel.kind };
  toChannel(core, channel, event, messageEventOf[channel.kind]);
  for (const app of core.workspace.seed.apps) {
    const isMentioned = message.text.includes(`<@${app.botUserId}>`) && channel.kind !== 'im';
    if (!isMentioned || message.user === app.botUserId || !channel.members.has(app.botUserId)) continue;
    toApp(core, app, { ...shown, type: 'app_mention' });
  }
}

/** @param previous the message as it was */
export function messageChanged(core: Core, channel: Channel, message: Message, previous: Fields): void {
  const fields = { message: publicMessage(message), previous_message: previous };
  messageEvent(core, channel, { subtype: 'message_changed', ...fields });
}

export function messageDeleted(core: Core, channel: Channel, ts: string, previous: Fields): void {
  const fields = { deleted_ts: ts, previous_message: previous };
  messageEvent(core, channel, { subtype: 'message_deleted', ...fields });
}

function messageEvent(core: Core, channel: Channel, fields: Fields): void {
  const ts = core.workspace.nextTs();
  const place = { channel: channel.id, channel_type: channel.kind, ts, event_ts: ts };
  toChannel(
    core,
    channel,
    { type: 'message', ...fields, hidden: true, ...place },
    messageEventOf[channel.kind],
  );
}

function membership(core: Core, channel: Channel, user: string): Fields {
  const channelType = channel.kind === 'group' ? 'G' : 'C';
  return { user, channel: channel.id, channel_type: channelType, team: core.workspace.seed.team.id };
}

export function memberJoined(core: Core, channel: Channel, user: string, inviter: string | undefined): void {
  const event = { type: 'member_joined_channel', ...membership(core, channel, user) };
  toChannel(core, channel, inviter === undefined ? event : { ...event, inviter });
}

/** To the channel's remaining apps; a bot that was removed gets `channel_left` or `group_left` instead. */
export function memberLeft(core: Core, channel: Channel, user: string): void {
  const app = core.workspace.seed.apps.find(({ botUserId }) => botUserId === user);
  const type = channel.kind === 'group' ? 'group_left' : 'channel_left';
  if (app !== undefined) toApp(core, app, { type, channel: channel.id, actor_id: 'USLACKBOT' });
  toChannel(core, channel, { type: 'member_left_channel', ...membership(core, channel, user) });
}

export function channelArchived(core: Core, channel: Channel, user: string): void {
  const type = channel.kind === 'group' ? 'group_archive' : 'channel_archive';
  toChannel(core, channel, { type, channel: channel.id, user });
}

export function homeOpened(core: Core, app: SandboxApp, user: string): void {
  const channel = core.workspace.directChannel([app.botUserId, user]);
  const view = core.workspace.homes.get(`${app.id}:${user}`)?.view;
  const event = { type: 'app_home_opened', user, channel: channel.id, tab: 'home' };
  toApp(core, app, view === undefined ? event : { ...event, view });
}

/** What Slack sends when a workspace removes an app; in real life in any order. */
export function uninstalled(core: Core, app: SandboxApp): void {
  toApp(core, app, { type: 'app_uninstalled' });
  toApp(core, app, { type: 'tokens_revoked', tokens: { oauth: [], bot: [app.botUserId] } });
}
