import { SlackError } from '../errors.ts';
import { userObject } from '../payloads.ts';
import { contentOf } from '../posting.ts';
import { fieldsOf } from '../values.ts';
import { checkedView } from '../views.ts';
import { knownUser, page, type Call, type Method } from './method.ts';

const mayReadEmail = ({ scopes }: Call): boolean => scopes.has('users:read.email');

/** Methods about the app itself and about people. */
export const appMethods: Record<string, Method> = {
  'api.test': {
    args: '*',
    run: ({ args }) => {
      if (typeof args.error === 'string') throw new SlackError(args.error, { args });
      return { args };
    },
  },
  'auth.test': {
    args: '',
    run: ({ core, app }) => ({
      url: `https://${core.workspace.seed.team.domain}.slack.com/`,
      team: core.workspace.seed.team.name,
      user: core.workspace.users.get(app.botUserId)?.name ?? app.name,
      team_id: core.workspace.seed.team.id,
      user_id: app.botUserId,
      bot_id: app.botId,
      is_enterprise_install: false,
    }),
  },
  'apps.connections.open': {
    args: '',
    isAppLevel: true,
    run: ({ core, app }) => {
      if (app.manifest.settings?.socket_mode_enabled === false) throw new SlackError('socket_mode_disabled');
      const ticket = core.sockets.ticket(app.id);
      return { url: `${core.url.replace(/^http/, 'ws')}/link/?ticket=${ticket}&app_id=${app.id}` };
    },
  },
  'blocks.validate': {
    args: 'blocks message view',
    tier: 3,
    run: ({ core, args }) => {
      if (args.view !== undefined) checkedView(args.view);
      else
        contentOf(core, args.message === undefined ? { blocks: args.blocks ?? [] } : fieldsOf(args.message));
      return {};
    },
  },
  'users.info': {
    args: 'user! include_locale',
    scopes: ['users:read'],
    tier: 4,
    run: (call) => ({
      user: userObject(call.core.workspace, knownUser(call, call.args.user), mayReadEmail(call)),
    }),
  },
  'users.list': {
    args: 'cursor limit include_locale',
    scopes: ['users:read'],
    tier: 2,
    run: (call) => {
      const { workspace } = call.core;
      const { items, next } = page([...workspace.users.values()], call.args, 1000);
      return {
        members: items.map((user) => userObject(workspace, user, mayReadEmail(call))),
        cache_ts: Math.floor(workspace.now / 1000),
        response_metadata: { next_cursor: next },
      };
    },
  },
};
