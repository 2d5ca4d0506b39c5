import { SlackError } from '../errors.ts';
import { contentOf } from '../posting.ts';
import { blockProblems } from '../validate-blocks.ts';
import { fieldsOf } from '../values.ts';
import { checkedView } from '../views.ts';
import type { Method } from './method.ts';

export const appMethods: Record<string, Method> = {
  'api.test': { run: ({ args }) => ({ args }) },
  'auth.test': {
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
    isAppLevel: true,
    run: ({ core, app }) => {
      if (app.manifest.settings?.socket_mode_enabled === false) throw new SlackError('socket_mode_disabled');
      const ticket = core.sockets.ticket(app.id);
      return { url: `${core.url.replace(/^http/, 'ws')}/link/?ticket=${ticket}&app_id=${app.id}` };
    },
  },
  'blocks.validate': {
    run: ({ core, args }) => {
      if (args.view !== undefined) checkedView(args.view);
      else if (args.message !== undefined) contentOf(core, fieldsOf(args.message));
      else {
        const messages = blockProblems(args.blocks, 'message');
        if (messages.length > 0) throw new SlackError('invalid_blocks', { response_metadata: { messages } });
      }
      return {};
    },
  },
};
