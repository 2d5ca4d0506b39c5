import { userObject } from '../payloads.ts';
import { SlackError, type Fields } from '../values.ts';
import { knownUser, method, type Call } from './method.ts';

const user = (call: Call): Fields =>
  userObject(call.core.workspace, knownUser(call, call.args.user), call.app);

/** Methods about people and about the app itself. */
export const peopleMethods = {
  'auth.test': method(0, '', '', ({ core: { workspace }, app }) => {
    const { id: team_id, name: team, domain } = workspace.seed.team;
    const bot = { user: workspace.users.get(app.botUserId)?.name, user_id: app.botUserId, bot_id: app.botId };
    return { url: `https://${domain}.slack.com/`, team, team_id, ...bot, is_enterprise_install: false };
  }),
  'apps.connections.open': method(0, '', '', ({ core, app }) => {
    if (app.manifest.settings?.socket_mode_enabled === false) throw new SlackError('socket_mode_disabled');
    const ticket = core.sockets.ticket(app.id);
    return { url: `${core.url.replace(/^http/, 'ws')}/link/?ticket=${ticket}&app_id=${app.id}` };
  }),
  'users.info': method(4, 'users:read', 'user! include_locale', (call) => ({ user: user(call) })),
  'users.profile.get': method(4, 'users.profile:read', 'user! include_labels', (call) => ({
    profile: user(call).profile,
  })),
  'dnd.info': method(3, 'dnd:read', 'user!', (call) => {
    const { dnd_until: until = 0 } = knownUser(call, call.args.user);
    const now = call.core.workspace.nowSeconds;
    const isOn = until > now;
    return { dnd_enabled: isOn, next_dnd_start_ts: isOn ? now : 1, next_dnd_end_ts: isOn ? until : 1 };
  }),
};
