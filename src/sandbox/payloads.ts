import type { Channel, Message, SandboxApp, SeedUser } from './types.ts';
import { newId, type Fields } from './values.ts';
import type { Workspace } from './workspace.ts';

/** What all payloads carry: the deprecated verification token, the app, the workspace. */
export const common = ({ seed }: Workspace, app: SandboxApp) => ({
  token: 'sandboxVerificationToken',
  team_id: seed.team.id,
  api_app_id: app.id,
});

/** The outer envelope of an Events API event. */
export function eventEnvelope(workspace: Workspace, app: SandboxApp, event: Fields): Fields {
  const { token, team_id, api_app_id } = common(workspace, app);
  const bot = { user_id: app.botUserId, is_bot: true, is_enterprise_install: false };
  return {
    token,
    team_id,
    context_team_id: team_id,
    context_enterprise_id: null,
    api_app_id,
    event: structuredClone(event),
    type: 'event_callback',
    event_id: newId('Ev'),
    event_time: workspace.nowSeconds,
    authorizations: [{ enterprise_id: null, team_id, ...bot }],
    is_ext_shared_channel: false,
    event_context: `4-${newId('')}`,
  };
}

/** A message as apps see it: without what only the sandbox knows. `metadata` is shown on request only. */
export function publicMessage(message: Message, withMetadata = false): Fields {
  const { ephemeral_to: _ephemeral, metadata, ...shown } = message;
  return structuredClone(withMetadata && metadata !== undefined ? { ...shown, metadata } : shown);
}

/** A person as `users.info` answers it; `email` only for apps with `users:read.email`. */
export function userObject({ seed, now }: Workspace, user: SeedUser, app: SandboxApp): Fields {
  const { id, name, real_name, tz, status } = user;
  const [first_name, ...rest] = real_name.split(' ');
  const mayReadEmail = app.manifest.oauth_config?.scopes?.bot?.includes('users:read.email') === true;
  const profile = {
    ...{ real_name, real_name_normalized: real_name, first_name, last_name: rest.join(' ') },
    ...{ display_name: name, display_name_normalized: name, email: mayReadEmail ? user.email : undefined },
    status_text: status?.text ?? '',
    status_emoji: status?.emoji ?? '',
    status_expiration: status?.expiration ?? 0,
  };
  const restricted = {
    is_owner: false,
    is_restricted: false,
    is_ultra_restricted: false,
    is_app_user: false,
  };
  const place = { tz, tz_label: tz, tz_offset: zoneOffsetSeconds(now, tz), updated: 0 };
  const roles = { is_admin: user.is_admin === true, is_bot: user.is_bot === true, ...restricted };
  return {
    id,
    team_id: seed.team.id,
    name,
    deleted: user.deleted === true,
    real_name,
    ...place,
    profile,
    ...roles,
  };
}

function zoneOffsetSeconds(now: number, timeZone: string): number {
  const name = new Intl.DateTimeFormat('en', { timeZone, timeZoneName: 'longOffset' }).format(now);
  const [, sign, hours = 0, minutes = 0] = /GMT([+-])(\d\d):(\d\d)/.exec(name) ?? [];
  return (sign === '-' ? -1 : 1) * (Number(hours) * 3600 + Number(minutes) * 60);
}

/** What every payload of a person's action begins with. */
export function interactionBase(workspace: Workspace, app: SandboxApp, { id, name }: SeedUser): Fields {
  const { token, team_id, api_app_id } = common(workspace, app);
  const team = { id: team_id, domain: workspace.seed.team.domain };
  const user = { id, username: name, name, team_id };
  return { user, api_app_id, token, team, enterprise: null, is_enterprise_install: false };
}

/** How payloads name a conversation. */
export const payloadName = ({ kind, name }: Channel): string => (kind === 'group' ? 'privategroup' : name);

/** The fields by which a message of an app is known. */
export function authorOf(
  { seed: { team } }: Workspace,
  { id, botId, name, botUserId }: Pick<SandboxApp, 'id' | 'botId' | 'name' | 'botUserId'>,
): Fields {
  const icons = { image_36: '', image_48: '', image_72: '' };
  const bot_profile = { id: botId, app_id: id, name, icons, deleted: false, updated: 0, team_id: team.id };
  return { user: botUserId, bot_id: botId, app_id: id, team: team.id, bot_profile };
}
