import { publicMessage } from '../payloads.ts';
import {
  contentOf,
  deleteMessage,
  messageContent,
  postAsApp,
  postEphemeral,
  updateMessage,
} from '../posting.ts';
import type { Channel, Message } from '../types.ts';
import { SlackError, textOf } from '../values.ts';
import { knownMessage, method, requireScope, visibleChannel, type Call } from './method.ts';

/** Where a post goes: a conversation, or a person's direct messages when a user id is given. */
function destination(call: Call): Channel {
  const { core, app, args } = call;
  const id = textOf(args.channel) ?? '';
  if (core.workspace.users.has(id)) return core.workspace.directChannel([app.botUserId, id]);
  const channel = visibleChannel(call);
  if (channel.isArchived) throw new SlackError('is_archived');
  if (!channel.members.has(app.botUserId)) throw new SlackError('not_in_channel');
  return channel;
}

function ownMessage(call: Call, refusal: string): { channel: Channel; message: Message } {
  const channel = visibleChannel(call);
  const message = knownMessage(channel, call.args.ts);
  if (message.bot_id !== call.app.botId || message.subtype === 'tombstone') throw new SlackError(refusal);
  return { channel, message };
}

const longestUpdate = 4000;
const scope = 'chat:write';
const content = 'text blocks attachments parse link_names';
const look = `${content} username mrkdwn unfurl_links unfurl_media thread_ts`;

export const chatMethods = {
  'chat.postMessage': method(0, scope, `channel! ${look} metadata client_msg_id`, (call) => {
    const { core, app, args } = call;
    const channel = destination(call);
    const said = messageContent(core, args);
    const username = textOf(args.username);
    if (username !== undefined) requireScope(call.scopes, ['chat:write.customize']);
    const retryAfter = core.limits.message(app.id, channel.id);
    if (retryAfter > 0) throw new SlackError('ratelimited', { retryAfter });
    const message = postAsApp(core, app, channel, said, { thread_ts: textOf(args.thread_ts), username });
    return { channel: channel.id, ts: message.ts, message: publicMessage(message, true) };
  }),
  'chat.postEphemeral': method(4, scope, `channel! user! ${look}`, (call) => {
    const { core, app, args } = call;
    const channel = destination(call);
    const user = textOf(args.user) ?? '';
    if (!channel.members.has(user)) throw new SlackError('user_not_in_channel');
    const said = messageContent(core, args);
    return { message_ts: postEphemeral(core, app, channel, user, said, textOf(args.thread_ts)).ts };
  }),
  'chat.update': method(3, scope, `channel! ts! ${content} metadata`, (call) => {
    const { channel, message } = ownMessage(call, 'cant_update_message');
    if (channel.isArchived) throw new SlackError('is_inactive');
    const said = contentOf(call.core, call.args);
    if ((said.text?.length ?? 0) > longestUpdate) throw new SlackError('msg_too_long');
    if ((said.text ?? said.blocks ?? said.attachments) === undefined) throw new SlackError('no_text');
    updateMessage(call.core, channel, message, said);
    const { ts, text } = message;
    return { channel: channel.id, ts, text, message: publicMessage(message, true) };
  }),
  'chat.delete': method(3, scope, 'channel! ts!', (call) => {
    const { channel, message } = ownMessage(call, 'cant_delete_message');
    deleteMessage(call.core, channel, message);
    return { channel: channel.id, ts: message.ts };
  }),
};
