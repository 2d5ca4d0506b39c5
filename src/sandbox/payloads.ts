import type { Channel, Fields, Message, SandboxApp, SeedUser } from './types.ts';
import { clone, newId } from './values.ts';
import type { Workspace } from './workspace.ts';

/** The deprecated verification token, which payloads still carry. */
const token = 'sandboxVerificationToken';

/** The outer envelope of an Events API event. */
export function eventEnvelope({ seed, now }: Workspace, app: SandboxApp, event: Fields): Fields {
  const where = { enterprise_id: null, team_id: seed.team.id };
  return {
    token,
    team_id: seed.team.id,
    context_team_id: seed.team.id,
    context_enterprise_id: null,
    api_app_id: app.id,
    event: clone(event),
    type: 'event_callback',
    event_id: newId('Ev'),
    event_time: Math.floor(now / 1000),
    authorizations: [{ ...where, user_id: app.botUserId, is_bot: true, is_enterprise_install: false }],
    is_ext_shared_channel: false,
    event_context: `4-${newId('')}`,
  };
}

/** A message as apps see it: without what only the sandbox knows. `metadata` is shown on request only. */
export function publicMessage(message: Message, withMetadata = false): Fields {
  const { ephemeral_to: _ephemeral, metadata, ...shown } = message;
  return clone(withMetadata && metadata !== undefined ? { ...shown, metadata } : shown);
}

/** A conversation as `conversations.info` answers it, seen by one app's bot. */
export function channelObject({ seed }: Workspace, channel: Channel, app: SandboxApp): Fields {
  const { id, kind, name, members, created } = channel;
  const note = { value: '', creator: '', last_set: 0 };
  const named = {
    name,
    name_normalized: name,
    is_general: name === 'general',
    is_member: members.has(app.botUserId),
    creator: [...members][0] ?? 'USLACKBOT',
    topic: note,
    purpose: note,
    num_members: members.size,
  };
  const direct = { user: [...members].find((member) => member !== app.botUserId), is_user_deleted: false };
  return {
    id,
    created,
    is_channel: kind === 'channel',
    is_group: kind === 'group',
    is_im: kind === 'im',
    is_mpim: kind === 'mpim',
    is_private: kind !== 'channel',
    is_archived: channel.isArchived,
    is_shared: false,
    is_ext_shared: false,
    context_team_id: seed.team.id,
    ...(kind === 'im' ? direct : named),
  };
}

/** A person as `users.info` answers it; `email` only for apps with `users:read.email`. */
export function userObject({ seed, now }: Workspace, user: SeedUser, withEmail: boolean): Fields {
  const { id, name, real_name, tz, email } = user;
  const [first_name, ...rest] = real_name.split(' ');
  return {
    id,
    team_id: seed.team.id,
    name,
    deleted: false,
    real_name,
    tz,
    tz_label: tz,
    tz_offset: zoneOffsetSeconds(now, tz),
    profile: {
      real_name,
      real_name_normalized: real_name,
      display_name: name,
      display_name_normalized: name,
      first_name,
      last_name: rest.join(' '),
      ...(withEmail && email !== undefined ? { email } : {}),
    },
    is_admin: user.is_admin === true,
    is_owner: false,
    is_restricted: false,
    is_ultra_restricted: false,
    is_bot: user.is_bot === true,
    is_app_user: false,
    updated: 0,
  };
}

function zoneOffsetSeconds(now: number, timeZone: string): number {
  const name = new Intl.DateTimeFormat('en', { timeZone, timeZoneName: 'longOffset' }).formatToParts(now);
  const match = /GMT([+-])(\d\d):(\d\d)/.exec(name.find(({ type }) => type === 'timeZoneName')?.value ?? '');
  if (match === null) return 0;
  return (match[1] === '-' ? -1 : 1) * (Number(match[2]) * 3600 + Number(match[3]) * 60);
}

/** What every payload of a person's action begins with. */
export function interactionBase({ seed }: Workspace, app: SandboxApp, user: SeedUser): Fields {
  return {
    user: { id: user.id, username: user.name, name: user.name, team_id: seed.team.id },
    api_app_id: app.id,
    token,
    team: { id: seed.team.id, domain: seed.team.domain },
    enterprise: null,
    is_enterprise_install: false,
  };
}

/** How payloads name a conversation. */
export function payloadName({ kind, name }: Channel): string {
  return kind === 'group' ? 'privategroup' : name;
}

/** The fields of a slash command beside those that depend on the occasion. */
export function slashCommand({ seed }: Workspace, app: SandboxApp, user: SeedUser, channel: Channel): Fields {
  return {
    token,
    team_id: seed.team.id,
    team_domain: seed.team.domain,
    channel_id: channel.id,
    channel_name: payloadName(channel),
    user_id: user.id,
    user_name: user.name,
    api_app_id: app.id,
    is_enterprise_install: 'false',
  };
}

/** How a message names the app that posted it. */
export function botProfile(
  { seed }: Pick<Workspace, 'seed'>,
  app: { id: string; botId: string; name: string },
): Fields {
  const icons = { image_36: '', image_48: '', image_72: '' };
  return {
    id: app.botId,
    app_id: app.id,
    name: app.name,
    icons,
    deleted: false,
    updated: 0,
    team_id: seed.team.id,
  };
}
