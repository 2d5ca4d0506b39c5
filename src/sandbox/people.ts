import { randomUUID } from 'node:crypto';
import type { Core } from './core.ts';
import { ControlError } from './errors.ts';
import {
  channelArchived,
  homeOpened,
  memberJoined,
  memberLeft,
  messageChanged,
  messagePosted,
  uninstalled,
} from './events.ts';
import { publicMessage } from './payloads.ts';
import { authorOf, deleteMessage, inThread, numbered, withBlockIds } from './posting.ts';
import type { Channel, Fields, Message, SandboxApp } from './types.ts';
import { typedText } from './typed-text.ts';
import { listOf } from './values.ts';
import { isDirect } from './workspace.ts';

/** A conversation that a person is in; a bot's user id stands for the direct messages with it. */
export function conversationOf(core: Core, idOrName: string, user: string): Channel {
  const { workspace } = core;
  workspace.person(user);
  const isSomeone = workspace.users.has(idOrName);
  const channel = openChannel(
    isSomeone ? workspace.directChannel([idOrName, user]) : workspace.channel(idOrName),
  );
  if (!channel.members.has(user)) throw new ControlError(403, `${user} is not in ${channel.name}.`);
  return channel;
}

function openChannel(channel: Channel): Channel {
  if (channel.isArchived) throw new ControlError(409, `${channel.name} is archived.`);
  return channel;
}

/** @throws ControlError when the channel has no such message. */
export function messageOf(channel: Channel, ts: string): Message {
  const message = channel.byTs.get(ts);
  if (message === undefined) throw new ControlError(404, `There is no message ${ts} in ${channel.name}.`);
  return message;
}

export interface PersonMessage {
  channel: string;
  user: string;
  text: string;
  thread_ts?: string;
}

/** A person types a message. Mail addresses and links are wrapped and special characters escaped, as Slack does. */
export function postMessage(core: Core, { channel: where, user, text, thread_ts }: PersonMessage): Message {
  const channel = conversationOf(core, where, user);
  if (thread_ts !== undefined) messageOf(channel, thread_ts);
  const message = core.workspace.addMessage(channel, {
    client_msg_id: randomUUID(),
    user,
    team: core.workspace.seed.team.id,
    ...typedText(text),
    ...inThread(channel, thread_ts),
  });
  messagePosted(core, channel, message);
  return message;
}

export interface BotMessage {
  channel: string;
  username: string;
  text?: string;
  attachments?: Fields[];
  blocks?: Fields[];
  /** As today's apps post: no subtype, `bot_profile` and a bot user. Without it, as classic ones: `bot_message`. */
  modern?: boolean;
}

/** Another app posts, for example a form or a CRM. The same name is always the same bot. */
export function botMessage(
  core: Core,
  { channel: where, username, modern, ...content }: BotMessage,
): Message {
  const { workspace } = core;
  const channel = openChannel(workspace.channel(where));
  const tail = Buffer.from(username).toString('hex').toUpperCase().slice(0, 9).padEnd(9, '0');
  const bot = { id: `A${tail}`, botId: `B${tail}`, botUserId: `U${tail}`, name: username };
  if (modern === true && !workspace.users.has(bot.botUserId)) workspace.addBot(bot.botUserId, username);
  const classic = { subtype: 'bot_message', username, bot_id: bot.botId };
  const { text = '', blocks, attachments } = content;
  const message = workspace.addMessage(channel, {
    ...(modern === true ? authorOf(core, bot) : classic),
    text,
    ...(blocks === undefined ? {} : { blocks: withBlockIds(blocks) }),
    ...(attachments === undefined ? {} : { attachments: numbered(listOf(attachments)) }),
  });
  messagePosted(core, channel, message);
  return message;
}

export interface Edit {
  channel: string;
  ts: string;
  text: string;
}

/** A person edits one of their messages, or another app one of its own. */
export function editMessage(core: Core, { channel: where, ts, text }: Edit): Message {
  const channel = core.workspace.channel(where);
  const message = messageOf(channel, ts);
  const previous = publicMessage(message);
  core.workspace.replaceMessage(channel, message, {
    ...(message.client_msg_id === undefined ? { text } : typedText(text)),
    edited: { user: message.user ?? message.bot_id, ts: core.workspace.nextTs() },
  });
  messageChanged(core, channel, message, previous);
  return message;
}

export function removeMessage(core: Core, { channel: where, ts }: { channel: string; ts: string }): void {
  const channel = core.workspace.channel(where);
  deleteMessage(core, channel, messageOf(channel, ts));
}

/** Adds a person or an app's bot to a channel, with Slack's join message and event; `by` is who invited them. */
export function invite(
  core: Core,
  { channel: where, user, by }: { channel: string; user: string; by?: string },
): void {
  core.workspace.person(user);
  const channel = core.workspace.channel(where);
  if (isDirect(channel)) throw new ControlError(409, 'Nobody can be invited to direct messages.');
  if (channel.members.has(user)) return;
  channel.members.add(user);
  const text = `<@${user}> has joined the channel`;
  const inviter = by === undefined ? {} : { inviter: by };
  const message = core.workspace.addMessage(channel, { subtype: 'channel_join', user, text, ...inviter });
  messagePosted(core, channel, message);
  memberJoined(core, channel, user, by);
  core.workspace.changed({ type: 'state' });
}

export function leave(core: Core, { channel: where, user }: { channel: string; user: string }): void {
  const channel = core.workspace.channel(where);
  if (!channel.members.delete(user)) return;
  memberLeft(core, channel, user);
  core.workspace.changed({ type: 'state' });
}

export function archive(
  core: Core,
  { channel: where, user = 'USLACKBOT' }: { channel: string; user?: string },
): void {
  const channel = core.workspace.channel(where);
  channel.isArchived = true;
  channelArchived(core, channel, user);
  core.workspace.changed({ type: 'state' });
}

/** A person opens an app's Home; the app hears of it and may publish. */
export function openHome(core: Core, { user, app }: { user: string; app?: string }): void {
  core.workspace.person(user);
  homeOpened(core, homeApp(core, app), user);
}

/** The app meant, or the first one. @throws ControlError when there is none. */
export function homeApp(core: Core, id?: string): SandboxApp {
  const app = id === undefined ? core.workspace.seed.apps[0] : core.workspace.appById(id);
  if (app === undefined) throw new ControlError(404, 'There is no such app.');
  return app;
}

/** The workspace removes an app: it is told that it and its tokens are gone. */
export function uninstall(core: Core, { app }: { app?: string } = {}): void {
  uninstalled(core, homeApp(core, app));
}
