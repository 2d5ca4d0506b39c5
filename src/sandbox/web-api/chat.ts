import { SlackError } from '../errors.ts';
import { publicMessage } from '../payloads.ts';
import {
  contentOf,
  deleteMessage,
  postAsApp,
  postEphemeral,
  refuseEmpty,
  updateMessage,
} from '../posting.ts';
import type { Channel } from '../types.ts';
import { textOf } from '../values.ts';
import { knownMessage, required, requireScope, visibleChannel, type Call, type Method } from './method.ts';

/** Where a post goes: a conversation, or a person's direct messages when a user id is given. */
function destination(call: Call): Channel {
  const { core, app, args } = call;
  const id = required(args, 'channel');
  const user = core.workspace.users.get(id);
  if (user !== undefined) return core.workspace.directChannel([app.botUserId, user.id]);
  const byName = [...core.workspace.channels.values()].find(({ name }) => `#${name}` === id);
  const channel = byName ?? visibleChannel(call);
  if (channel.isArchived) throw new SlackError('is_archived');
  const isOpen = channel.kind === 'channel' && call.scopes.has('chat:write.public');
  if (!channel.members.has(app.botUserId) && !isOpen) throw new SlackError('not_in_channel');
  return channel;
}

function refuseTooFast({ core, app }: Call, channel: Channel): void {
  const retryAfter = core.limits.message(app.id, channel.id);
  if (retryAfter > 0) throw new SlackError('ratelimited', { retryAfter });
}

function ownMessage(call: Call, refusal: string): ReturnType<typeof knownMessage> {
  const channel = visibleChannel(call);
  const message = knownMessage(channel, required(call.args, 'ts'));
  if (message.bot_id !== call.app.botId || message.subtype === 'tombstone') throw new SlackError(refusal);
  return message;
}

export const chatMethods: Record<string, Method> = {
  'chat.postMessage': {
    scopes: ['chat:write'],
    run: (call) => {
      const { core, app, args } = call;
      const channel = destination(call);
      const content = contentOf(core, args);
      refuseEmpty(content);
      const username = textOf(args.username);
      if (username !== undefined) requireScope(call.scopes, ['chat:write.customize']);
      refuseTooFast(call, channel);
      const { reply_broadcast } = args;
      const message = postAsApp(core, app, channel, content, {
        thread_ts: textOf(args.thread_ts),
        reply_broadcast,
        username,
      });
      return { channel: channel.id, ts: message.ts, message: publicMessage(message, true) };
    },
  },

  'chat.update': {
    scopes: ['chat:write'],
    run: (call) => {
      const message = ownMessage(call, 'cant_update_message');
      const channel = visibleChannel(call);
      const content = contentOf(call.core, call.args);
      if ((content.text?.length ?? 0) > 4000) throw new SlackError('msg_too_long');
      if (content.text === undefined && content.blocks === undefined && content.attachments === undefined) {
        throw new SlackError('no_text');
      }
      updateMessage(call.core, channel, message, content);
      return {
        channel: channel.id,
        ts: message.ts,
        text: message.text,
        message: publicMessage(message, true),
      };
    },
  },

  'chat.delete': {
    scopes: ['chat:write'],
    run: (call) => {
      const message = ownMessage(call, 'cant_delete_message');
      const channel = visibleChannel(call);
      deleteMessage(call.core, channel, message);
      return { channel: channel.id, ts: message.ts };
    },
  },

  'chat.postEphemeral': {
    scopes: ['chat:write'],
    run: (call) => {
      const { core, app, args } = call;
      const channel = destination(call);
      const user = required(args, 'user');
      if (!channel.members.has(user)) throw new SlackError('user_not_in_channel');
      const content = contentOf(core, args);
      refuseEmpty(content);
      const message = postEphemeral(core, app, channel, user, content, textOf(args.thread_ts));
      return { message_ts: message.ts };
    },
  },

  'chat.getPermalink': {
    run: (call) => {
      const channel = visibleChannel(call);
      const message = knownMessage(channel, call.args.message_ts);
      const { domain } = call.core.workspace.seed.team;
      const thread = message.thread_ts;
      const suffix =
        thread === undefined || thread === message.ts ? '' : `?thread_ts=${thread}&cid=${channel.id}`;
      return {
        channel: channel.id,
        permalink: `https://${domain}.slack.com/archives/${channel.id}/p${message.ts.replace('.', '')}${suffix}`,
      };
    },
  },
};
