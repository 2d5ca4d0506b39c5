import { randomUUID } from 'node:crypto';
import type { Core } from './core.ts';
import { emit, messageAltered, messagePosted } from './events.ts';
import { keepFiles } from './files.ts';
import type { Input } from './inputs.ts';
import { authorOf, publicMessage, userObject } from './payloads.ts';
import { deleteMessage as remove, inThread, numbered, withBlockIds } from './posting.ts';
import type { Channel, Message, SeedUser } from './types.ts';
import { typedText } from './typed-text.ts';
import { ControlError, type Fields } from './values.ts';
import { isDirect } from './workspace.ts';

/** A membership that began or ended, as events tell it. */
const membership = ({ workspace }: Core, { id, kind }: Channel, user: string): Fields => {
  return { user, channel: id, channel_type: kind === 'group' ? 'G' : 'C', team: workspace.seed.team.id };
};

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
  const event = { type: 'member_joined_channel', ...membership(core, channel, user), inviter: by };
  emit(core, event, { channel });
  workspace.changed({ type: 'state' });
}

/** Takes a person or a bot out of a channel; a removed bot is told by `channel_left` or `group_left`. */
export function leave(core: Core, { channel: where, user }: Input<'leave'>): void {
  const { workspace } = core;
  const channel = workspace.channel(where);
  if (!channel.members.delete(user)) return;
  const app = workspace.seed.apps.find(({ botUserId }) => botUserId === user);
  const type = channel.kind === 'group' ? 'group_left' : 'channel_left';
  if (app !== undefined) emit(core, { type, channel: channel.id, actor_id: 'USLACKBOT' }, { app });
  emit(core, { type: 'member_left_channel', ...membership(core, channel, user) }, { channel });
  workspace.changed({ type: 'state' });
}

export function archive(core: Core, { channel: where, user = 'USLACKBOT' }: Input<'archive'>): void {
  const channel = core.workspace.channel(where);
  channel.isArchived = true;
  const type = channel.kind === 'group' ? 'group_archive' : 'channel_archive';
  emit(core, { type, channel: channel.id, user }, { channel });
  core.workspace.changed({ type: 'state' });
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

/** The workspace removes an app: it is told that it and its tokens are gone, in real life in any order. */
export function uninstall(core: Core, input: Input<'uninstall'> = {}): void {
  const app = core.workspace.app(input.app);
  emit(core, { type: 'app_uninstalled' }, { app });
  emit(core, { type: 'tokens_revoked', tokens: { oauth: [], bot: [app.botUserId] } }, { app });
}

export function markRead({ workspace }: Core, { user, channel }: Input<'markRead'>): void {
  workspace.unread.get(user)?.delete(workspace.channel(channel).id);
  workspace.changed({ type: 'state' });
}
