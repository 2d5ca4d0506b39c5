import type { Delivery } from './deliver.ts';
import { eventEnvelope, publicMessage, publicView } from './payloads.ts';
import type { Channel, Fields, Message, SandboxApp } from './types.ts';
import type { Workspace } from './workspace.ts';

const messageEventOf = {
  channel: 'message.channels',
  group: 'message.groups',
  im: 'message.im',
  mpim: 'message.mpim',
} as const;

/** Tells apps what happens: each one only what its manifest subscribes to and its bot can see. */
export class Events {
  readonly #workspace: Workspace;
  readonly #delivery: Delivery;

  constructor(workspace: Workspace, delivery: Delivery) {
    this.#workspace = workspace;
    this.#delivery = delivery;
  }

  /** Sends an event to one app if it subscribes to it; `subscription` is the name in the manifest. */
  toApp(app: SandboxApp, subscription: string, event: Fields): void {
    if (app.manifest.settings?.event_subscriptions?.bot_events?.includes(subscription) !== true) return;
    this.#delivery.event(app, eventEnvelope(this.#workspace, app, event));
  }

  #toChannel(channel: Channel, subscription: string, event: Fields): void {
    for (const app of this.#workspace.seed.apps) {
      if (channel.members.has(app.botUserId)) this.toApp(app, subscription, event);
    }
  }

  messagePosted(channel: Channel, message: Message): void {
    const place = { channel: channel.id, event_ts: message.ts };
    const event = { ...publicMessage(message), ...place, channel_type: channel.kind };
    this.#toChannel(channel, messageEventOf[channel.kind], event);
    for (const app of this.#workspace.seed.apps) {
      const mentions = message.text.includes(`<@${app.botUserId}>`) && channel.kind !== 'im';
      if (!mentions || message.user === app.botUserId || !channel.members.has(app.botUserId)) continue;
      this.toApp(app, 'app_mention', { ...publicMessage(message), ...place, type: 'app_mention' });
    }
  }

  messageChanged(channel: Channel, message: Message, previous: Fields): void {
    this.#messageEvent(channel, {
      subtype: 'message_changed',
      message: publicMessage(message),
      previous_message: previous,
    });
  }

  messageDeleted(channel: Channel, ts: string, previous: Fields): void {
    this.#messageEvent(channel, { subtype: 'message_deleted', deleted_ts: ts, previous_message: previous });
  }

  #messageEvent(channel: Channel, fields: Fields): void {
    const ts = this.#workspace.nextTs();
    this.#toChannel(channel, messageEventOf[channel.kind], {
      type: 'message',
      ...fields,
      hidden: true,
      channel: channel.id,
      channel_type: channel.kind,
      ts,
      event_ts: ts,
    });
  }

  memberJoined(channel: Channel, user: string, inviter: string | undefined): void {
    this.#toChannel(channel, 'member_joined_channel', {
      type: 'member_joined_channel',
      user,
      channel: channel.id,
      channel_type: channel.kind === 'group' ? 'G' : 'C',
      team: this.#workspace.seed.team.id,
      ...(inviter === undefined ? {} : { inviter }),
      event_ts: this.#workspace.nextTs(),
    });
  }

  /** To the channel's remaining apps; a bot that was removed gets `channel_left` or `group_left` instead. */
  memberLeft(channel: Channel, user: string): void {
    const event_ts = this.#workspace.nextTs();
    const app = this.#workspace.seed.apps.find(({ botUserId }) => botUserId === user);
    if (app !== undefined) {
      const type = channel.kind === 'group' ? 'group_left' : 'channel_left';
      this.toApp(app, type, { type, channel: channel.id, actor_id: 'USLACKBOT', event_ts });
    }
    this.#toChannel(channel, 'member_left_channel', {
      type: 'member_left_channel',
      user,
      channel: channel.id,
      channel_type: channel.kind === 'group' ? 'G' : 'C',
      team: this.#workspace.seed.team.id,
      event_ts,
    });
  }

  channelArchived(channel: Channel, user: string): void {
    const type = channel.kind === 'group' ? 'group_archive' : 'channel_archive';
    this.#toChannel(channel, type, { type, channel: channel.id, user, event_ts: this.#workspace.nextTs() });
  }

  homeOpened(app: SandboxApp, user: string): void {
    const channel = this.#workspace.directChannel([app.botUserId, user]);
    const view = this.#workspace.views.get(this.#workspace.homes.get(`${app.id}:${user}`) ?? '');
    this.toApp(app, 'app_home_opened', {
      type: 'app_home_opened',
      user,
      channel: channel.id,
      tab: 'home',
      ...(view === undefined ? {} : { view: publicView(view) }),
      event_ts: this.#workspace.nextTs(),
    });
  }

  /** What Slack sends when a workspace removes an app; in real life in any order. */
  uninstalled(app: SandboxApp): void {
    this.toApp(app, 'app_uninstalled', { type: 'app_uninstalled', event_ts: this.#workspace.nextTs() });
    this.toApp(app, 'tokens_revoked', {
      type: 'tokens_revoked',
      tokens: { oauth: [], bot: [app.botUserId] },
      event_ts: this.#workspace.nextTs(),
    });
  }

  reactionAdded(channel: Channel, message: Message, user: string, reaction: string): void {
    this.#toChannel(channel, 'reaction_added', {
      type: 'reaction_added',
      user,
      reaction,
      item: { type: 'message', channel: channel.id, ts: message.ts },
      item_user: message.user,
      event_ts: this.#workspace.nextTs(),
    });
  }
}
