import { randomUUID } from 'node:crypto';
import type { Core } from './core.ts';
import { emit, messageAltered, messagePosted } from './events.ts';
import { keepFiles } from './files.ts';
import type { Input } from './inputs.ts';
import { authorOf, publicMessage, userObject } from './payloads.ts';
import { deleteMessage as remove, inThread, numbered, withBlockIds } from './posting.ts';
import type { Message, SeedUser } from './types.ts';
import { typedText } from './typed-text.ts';
import { ControlError } from './values.ts';
import { isDirect } from './workspace.ts';

/** A person types a message. Mail addresses and links are wrapped and special characters escaped, as Slack does. */
export function postMessage(core: Core, input: Input<'postMessage'>): Message {
  const { user, text, thread_ts, files = [] } = input;
  const { workspace } = core;
  const channel = workspace.conversation(input.channel, user);
  if (thread_ts !== undefined) workspace.message(channel, thread_ts);
  const shared = { files: keepFiles(core, user, files, channel.id), upload: false, subtype: 'file_share' };
  const message = workspace.addMessage(channel, {
    client_msg_id: randomUUID(),
    user,
    team: workspace.seed.team.id,
    ...typedText(text),
    ...inThread(channel, thread_ts),
    ...(files.length > 0 && shared),
  });
  messagePosted(core, channel, message);
  return message;
}

/** Another app posts, for example a form or a CRM; the same name is always the same bot. */
export function botMessage(core: Core, input: Input<'botMessage'>): Message {
  const { workspace } = core;
  const { username, modern, text = '', attachments, blocks } = input;
  const channel = workspace.openChannel(input.channel);
  const tail = Buffer.from(username).toString('hex').toUpperCase().slice(0, 9).padEnd(9, '0');
  const bot = { id: `A${tail}`, botId: `B${tail}`, botUserId: `U${tail}`, name: username };
  if (modern === true && !workspace.users.has(bot.botUserId)) workspace.addBot(bot.botUserId, username);
  const classic = { subtype: 'bot_message', username, bot_id: bot.botId };
  const message = workspace.addMessage(channel, {
    ...(modern === true ? authorOf(workspace, bot) : classic),
    text,
    blocks: blocks && withBlockIds(blocks),
    attachments: attachments && numbered(attachments),
  });
  messagePosted(core, channel, message);
  return message;
}

/** A person edits one of their messages, or another app one of its own. */
export function editMessage(core: Core, input: Input<'editMessage'>): Message {
  const { workspace } = core;
  const channel = workspace.channel(input.channel);
  const message = workspace.message(channel, input.ts);
  const previous = publicMessage(message);
  workspace.replaceMessage(channel, message, {
    ...(message.client_msg_id === undefined ? { text: input.text } : typedText(input.text)),
    edited: { user: message.user ?? message.bot_id, ts: workspace.nextTs() },
  });
  messageAltered(core, channel, message, 'message_changed', previous);
  return message;
}

export function deleteMessage(core: Core, { channel: where, ts }: Input<'deleteMessage'>): void {
  const channel = core.workspace.channel(where);
  remove(core, channel, core.workspace.message(channel, ts));
}

/** Adds a person or an app's bot to a channel, with Slack's join message and event. */
export function invite(core: Core, { channel: where, user, by }: Input<'invite'>): void {
  const { workspace } = core;
  workspace.person(user);
  const channel = workspace.channel(where);
  if (isDirect(channel)) throw new ControlError(409, 'Nobody can be invited to direct messages.');
  if (channel.members.has(user)) return;
  channel.members.add(user);
  const text = `<@${user}> has joined the channel`;
  const message = workspace.addMessage(channel, { subtype: 'channel_join', user, text, inviter: by });
  messagePosted(core, channel, message);
  const channel_type = channel.kind === 'group' ? 'G' : 'C';
  const place = { channel: channel.id, channel_type, team: workspace.seed.team.id };
  emit(core, { type: 'member_joined_channel', user, ...place, inviter: by }, { channel });
  workspace.changed({ type: 'state' });
}

/** Takes a person or a bot out of a channel, without an event. */
export function leave({ workspace }: Core, { channel, user }: Input<'leave'>): void {
  workspace.channel(channel).members.delete(user);
  workspace.changed({ type: 'state' });
}

/** Archives a channel, without an event. */
export function archive({ workspace }: Core, { channel }: Input<'archive'>): void {
  workspace.channel(channel).isArchived = true;
  workspace.changed({ type: 'state' });
}

/** A person opens an app's Home; the app hears of it and may publish. */
export function openHome(core: Core, input: Input<'openHome'>): void {
  const { workspace } = core;
  const { id: user } = workspace.person(input.user);
  const app = workspace.app(input.app);
  const channel = workspace.directChannel([app.botUserId, user]).id;
  const view = workspace.homes.get(`${app.id}:${user}`)?.view;
  emit(core, { type: 'app_home_opened', user, channel, tab: 'home', view }, { app });
}

/** A person sets a status, or wants no notifications for a while. */
export function setStatus(core: Core, input: Input<'setStatus'>): void {
  const { workspace } = core;
  const { text = '', emoji = '', expiration = 0, dnd_until } = input;
  const user = Object.assign(workspace.person(input.user), {
    status: { text, emoji, expiration },
    dnd_until,
  });
  tellOfChange(core, user);
}

/** An admin deactivates somebody's account, or activates it again. */
export function deactivate(core: Core, { user, deleted }: Input<'deactivate'>): void {
  tellOfChange(core, Object.assign(core.workspace.person(user), { deleted }));
}

function tellOfChange(core: Core, user: SeedUser): void {
  const { workspace } = core;
  const cache_ts = Math.floor(workspace.now / 1000);
  for (const app of workspace.seed.apps) {
    emit(core, { type: 'user_change', user: userObject(workspace, user, app), cache_ts }, { app });
  }
  workspace.changed({ type: 'state' });
}

export function markRead({ workspace }: Core, { user, channel }: Input<'markRead'>): void {
  workspace.unread.get(user)?.delete(workspace.channel(channel).id);
  workspace.changed({ type: 'state' });
}
