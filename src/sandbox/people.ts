import { randomUUID } from 'node:crypto';
import type { Core } from './core.ts';
import { ControlError } from './errors.ts';
import { joinChannel, leaveChannel } from './membership.ts';
import { botProfile, publicMessage } from './payloads.ts';
import { deleteMessage, withBlockIds } from './posting.ts';
import type { Channel, Fields, Message, SandboxApp } from './types.ts';
import { typedText } from './typed-text.ts';
import { listOf } from './values.ts';

/** A conversation that a person is in; a bot's user id stands for the direct messages with it. */
export function conversationOf(core: Core, idOrName: string, user: string): Channel {
  const { workspace } = core;
  workspace.person(user);
  const isSomeone = workspace.users.has(idOrName);
  const channel = isSomeone ? workspace.directChannel([idOrName, user]) : workspace.channel(idOrName);
  if (!channel.members.has(user)) throw new ControlError(403, `${user} is not in ${channel.name}.`);
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
  const parent = thread_ts === undefined ? undefined : messageOf(channel, thread_ts);
  const root = parent?.thread_ts ?? parent?.ts;
  const message = core.workspace.addMessage(channel, {
    client_msg_id: randomUUID(),
    user,
    team: core.workspace.seed.team.id,
    ...typedText(text),
    ...(root === undefined ? {} : { thread_ts: root, parent_user_id: channel.byTs.get(root)?.user }),
  });
  core.events.messagePosted(channel, message);
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
  const channel = workspace.channel(where);
  if (channel.isArchived) throw new ControlError(409, `${channel.name} is archived.`);
  const bot = otherBot(username);
  if (modern === true && !workspace.users.has(bot.userId)) workspace.addBot(bot.userId, username);
  const identity =
    modern === true
      ? {
          user: bot.userId,
          bot_id: bot.botId,
          app_id: bot.id,
          team: workspace.seed.team.id,
          bot_profile: botProfile(workspace, bot),
        }
      : { subtype: 'bot_message', username, bot_id: bot.botId };
  const message = workspace.addMessage(channel, {
    ...identity,
    text: content.text ?? '',
    ...(content.blocks === undefined ? {} : { blocks: withBlockIds(content.blocks) }),
    ...(content.attachments === undefined
      ? {}
      : {
          attachments: listOf(content.attachments).map((attachment, index) => ({
            id: index + 1,
            ...attachment,
          })),
        }),
  });
  core.events.messagePosted(channel, message);
  return message;
}

function otherBot(name: string): { id: string; botId: string; userId: string; name: string } {
  const tail = Buffer.from(name).toString('hex').toUpperCase().slice(0, 9).padEnd(9, '0');
  return { id: `A${tail}`, botId: `B${tail}`, userId: `U${tail}`, name };
}

/** A person edits one of their messages, or another app one of its own. */
export function editMessage(core: Core, input: { channel: string; ts: string; text: string }): Message {
  const channel = core.workspace.channel(input.channel);
  const message = messageOf(channel, input.ts);
  const previous = publicMessage(message);
  const author = message.user ?? message.bot_id;
  core.workspace.replaceMessage(channel, message, {
    ...(message.client_msg_id === undefined ? { text: input.text } : typedText(input.text)),
    edited: { user: author, ts: core.workspace.nextTs() },
  });
  core.events.messageChanged(channel, message, previous);
  return message;
}

export function removeMessage(core: Core, input: { channel: string; ts: string }): void {
  const channel = core.workspace.channel(input.channel);
  deleteMessage(core, channel, messageOf(channel, input.ts));
}

/** Adds a person or an app's bot to a channel; `by` is who invited them. */
export function invite(core: Core, input: { channel: string; user: string; by?: string }): void {
  core.workspace.person(input.user);
  const channel = core.workspace.channel(input.channel);
  if (channel.kind === 'im' || channel.kind === 'mpim') {
    throw new ControlError(409, 'Nobody can be invited to direct messages.');
  }
  joinChannel(core, channel, input.user, input.by);
}

export function leave(core: Core, input: { channel: string; user: string }): void {
  leaveChannel(core, core.workspace.channel(input.channel), input.user);
}

export function archive(core: Core, input: { channel: string; user?: string }): void {
  const channel = core.workspace.channel(input.channel);
  channel.isArchived = true;
  core.events.channelArchived(channel, input.user ?? 'USLACKBOT');
  core.workspace.changed({ type: 'state' });
}

/** A person opens an app's Home; the app hears of it and may publish. */
export function openHome(core: Core, input: { user: string; app?: string }): void {
  core.workspace.person(input.user);
  core.events.homeOpened(homeApp(core, input.app), input.user);
}

/** The app meant, or the first one. @throws ControlError when there is none. */
export function homeApp(core: Core, id?: string): SandboxApp {
  const app = id === undefined ? core.workspace.seed.apps[0] : core.workspace.appById(id);
  if (app === undefined) throw new ControlError(404, 'There is no such app.');
  return app;
}

/** The workspace removes an app: it is told that it and its tokens are gone. */
export function uninstall(core: Core, input: { app?: string } = {}): void {
  core.events.uninstalled(homeApp(core, input.app));
}
