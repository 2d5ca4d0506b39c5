import { SlackError } from '../errors.ts';
import { botProfile, userObject, userProfile } from '../payloads.ts';
import { textOf } from '../values.ts';
import { listedChannels } from './conversations.ts';
import { knownMessage, knownUser, page, required, visibleChannel, type Call, type Method } from './method.ts';

function mayReadEmail({ scopes }: Call): boolean {
  return scopes.has('users:read.email');
}

export const peopleMethods: Record<string, Method> = {
  'users.info': {
    scopes: ['users:read'],
    run: (call) => ({
      user: userObject(call.core.workspace, knownUser(call, required(call.args, 'user')), mayReadEmail(call)),
    }),
  },
  'users.list': {
    scopes: ['users:read'],
    run: (call) => {
      const { items, next } = page([...call.core.workspace.users.values()], call.args, 1000);
      const members = items.map((user) => userObject(call.core.workspace, user, mayReadEmail(call)));
      return {
        members,
        cache_ts: Math.floor(call.core.workspace.now / 1000),
        response_metadata: { next_cursor: next },
      };
    },
  },
  'users.conversations': {
    scopes: ['channels:read', 'groups:read', 'im:read', 'mpim:read'],
    run: (call) => {
      const user = textOf(call.args.user) ?? call.app.botUserId;
      const isListed = ({ kind, members }: { kind: string; members: Set<string> }): boolean =>
        members.has(user) && (kind === 'channel' || members.has(call.app.botUserId));
      const { items, next } = page(listedChannels(call, isListed), call.args);
      return { channels: items, response_metadata: { next_cursor: next } };
    },
  },
  'users.profile.get': {
    scopes: ['users.profile:read'],
    run: (call) => ({
      profile: userProfile(knownUser(call, call.args.user ?? call.app.botUserId), mayReadEmail(call)),
    }),
  },
  'users.lookupByEmail': {
    scopes: ['users:read.email'],
    run: (call) => {
      const email = required(call.args, 'email').toLowerCase();
      const user = [...call.core.workspace.users.values()].find(
        (other) => other.email?.toLowerCase() === email,
      );
      if (user === undefined) throw new SlackError('users_not_found');
      return { user: userObject(call.core.workspace, user, true) };
    },
  },
  'dnd.info': {
    scopes: ['dnd:read'],
    run: (call) => {
      knownUser(call, call.args.user ?? call.app.botUserId);
      return { dnd_enabled: false, next_dnd_start_ts: 1, next_dnd_end_ts: 1, snooze_enabled: false };
    },
  },
  'reactions.add': {
    scopes: ['reactions:write'],
    run: (call) => {
      const channel = visibleChannel(call);
      const message = knownMessage(channel, required(call.args, 'timestamp'));
      const name = required(call.args, 'name');
      const user = call.app.botUserId;
      const reactions = (message.reactions ?? []) as { name: string; users: string[]; count: number }[];
      const existing = reactions.find((reaction) => reaction.name === name);
      if (existing?.users.includes(user) === true) throw new SlackError('already_reacted');
      const users = [...(existing?.users ?? []), user];
      const others = reactions.filter((reaction) => reaction.name !== name);
      call.core.workspace.replaceMessage(channel, message, {
        reactions: [...others, { name, users, count: users.length }],
      });
      call.core.events.reactionAdded(channel, message, user, name);
      return {};
    },
  },
  'team.info': {
    scopes: ['team:read'],
    run: ({ core }) => ({
      team: { ...core.workspace.seed.team, email_domain: '', icon: { image_default: true } },
    }),
  },
  'bots.info': {
    scopes: ['users:read'],
    run: ({ core, app, args }) => {
      const id = textOf(args.bot) ?? app.botId;
      const known = core.workspace.seed.apps.find(({ botId }) => botId === id);
      if (known === undefined) throw new SlackError('bot_not_found');
      const { team_id: _team, ...bot } = botProfile(core.workspace, known);
      return { bot: { ...bot, user_id: known.botUserId } };
    },
  },
};
