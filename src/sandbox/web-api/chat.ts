import { SlackError } from '../errors.ts';
import { publicMessage } from '../payloads.ts';
import {
  contentOf,
  deleteMessage,
  messageContent,
  postAsApp,
  postEphemeral,
  updateMessage,
} from '../posting.ts';
import type { Channel, Fields, Message } from '../types.ts';
import { textOf } from '../values.ts';
import { knownMessage, requireScope, visibleChannel, type Call, type Method } from './method.ts';

const longestUpdate = 4000;

/** Where a post goes: a conversation, or a person's direct messages when a user id is given. */
function destination(call: Call): Channel {
  const { core, app, args } = call;
  const id = textOf(args.channel) ?? '';
  if (core.workspace.users.has(id)) return core.workspace.directChannel([app.botUserId, id]);
  const byName = id.startsWith('#') ? core.workspace.channelNamed(id.slice(1)) : undefined;
  const channel = visibleChannel({ ...call, args: { channel: byName?.id ?? id } });
  if (channel.isArchived) throw new SlackError('is_archived');
  const isOpen = channel.kind === 'channel' && call.scopes.has('chat:write.public');
  if (!channel.members.has(app.botUserId) && !isOpen) throw new SlackError('not_in_channel');
  return channel;
}

/** A message of this app, in a channel that still takes changes. */
function ownMessage(call: Call, refusal: string): { channel: Channel; message: Message } {
  const channel = visibleChannel(call);
  const message = knownMessage(channel, call.args.ts);
  if (message.bot_id !== call.app.botId || message.subtype === 'tombstone') throw new SlackError(refusal);
  if (channel.isArchived) throw new SlackError('is_archived');
  return { channel, message };
}

function post(call: Call): Fields {
  const { core, app, args } = call;
  const channel = destination(call);
  const content = messageContent(core, args);
  const username = textOf(args.username);
  if (username !== undefined) requireScope(call.scopes, ['chat:write.customize']);
  const retryAfter = core.limits.message(app.id, channel.id);
  if (retryAfter > 0) throw new SlackError('ratelimited', { retryAfter });
  const { reply_broadcast } = args;
  const extra = { thread_ts: textOf(args.thread_ts), reply_broadcast, username };
  const message = postAsApp(core, app, channel, content, extra);
  return { channel: channel.id, ts: message.ts, message: publicMessage(message, true) };
}

function update(call: Call): Fields {
  const { channel, message } = ownMessage(call, 'cant_update_message');
  const content = contentOf(call.core, call.args);
  if ((content.text?.length ?? 0) > longestUpdate) throw new SlackError('msg_too_long');
  if (content.text === undefined && content.blocks === undefined && content.attachments === undefined) {
    throw new SlackError('no_text');
  }
  updateMessage(call.core, channel, message, content);
  return { channel: channel.id, ts: message.ts, text: message.text, message: publicMessage(message, true) };
}

function remove(call: Call): Fields {
  const { channel, message } = ownMessage(call, 'cant_delete_message');
  deleteMessage(call.core, channel, message);
  return { channel: channel.id, ts: message.ts };
}

function whisper(call: Call): Fields {
  const { core, app, args } = call;
  const channel = destination(call);
  const user = textOf(args.user) ?? '';
  if (!channel.members.has(user)) throw new SlackError('user_not_in_channel');
  const message = postEphemeral(core, app, channel, user, messageContent(core, args), textOf(args.thread_ts));
  return { message_ts: message.ts };
}

function permalink(call: Call): Fields {
  const channel = visibleChannel(call);
  const { ts, thread_ts: thread } = knownMessage(channel, call.args.message_ts);
  const { domain } = call.core.workspace.seed.team;
  const suffix = thread === undefined || thread === ts ? '' : `?thread_ts=${thread}&cid=${channel.id}`;
  const address = `https://${domain}.slack.com/archives/${channel.id}/p${ts.replace('.', '')}${suffix}`;
  return { channel: channel.id, permalink: address };
}

const content = 'text blocks attachments markdown_text parse link_names';
const look = 'username icon_emoji icon_url as_user mrkdwn unfurl_links unfurl_media';
const scopes = ['chat:write'];

export const chatMethods: Record<string, Method> = {
  'chat.postMessage': {
    args: `channel! ${content} ${look} metadata thread_ts reply_broadcast client_msg_id`,
    scopes,
    run: post,
  },
  'chat.postEphemeral': {
    args: `channel! user! ${content} ${look} thread_ts`,
    scopes,
    tier: 4,
    run: whisper,
  },
  'chat.update': {
    args: `channel! ts! ${content} metadata as_user file_ids reply_broadcast`,
    scopes,
    tier: 3,
    run: update,
  },
  'chat.delete': { args: 'channel! ts! as_user', scopes, tier: 3, run: remove },
  'chat.getPermalink': { args: 'channel! message_ts!', run: permalink },
};
