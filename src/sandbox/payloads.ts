import type { Channel, Fields, Message, SandboxApp, SandboxSeed, SeedUser, View } from './types.ts';
import { clone, newId } from './values.ts';

/** The deprecated verification token, which payloads still carry. */
const verificationToken = 'sandboxVerificationToken';

/** What the builders below need of the workspace. */
interface Context {
  seed: SandboxSeed;
  now: number;
}

/** The outer envelope of an Events API event. */
export function eventEnvelope({ seed, now }: Context, app: SandboxApp, event: Fields): Fields {
  return {
    token: verificationToken,
    team_id: seed.team.id,
    context_team_id: seed.team.id,
    context_enterprise_id: null,
    api_app_id: app.id,
    event: clone(event),
    type: 'event_callback',
    event_id: newId('Ev'),
    event_time: Math.floor(now / 1000),
    authorizations: [
      {
        enterprise_id: null,
        team_id: seed.team.id,
        user_id: app.botUserId,
        is_bot: true,
        is_enterprise_install: false,
      },
    ],
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
export function channelObject({ seed }: Context, channel: Channel, app: SandboxApp): Fields {
  const isDirect = channel.kind === 'im';
  const other = [...channel.members].find((id) => id !== app.botUserId);
  return {
    id: channel.id,
    created: channel.created,
    is_channel: channel.kind === 'channel',
    is_group: channel.kind === 'group',
    is_im: isDirect,
    is_mpim: channel.kind === 'mpim',
    is_private: channel.kind !== 'channel',
    is_archived: channel.isArchived,
    is_shared: false,
    is_ext_shared: false,
    context_team_id: seed.team.id,
    ...(isDirect
      ? { user: other, is_user_deleted: false }
      : {
          name: channel.name,
          name_normalized: channel.name,
          is_general: channel.name === 'general',
          is_member: channel.members.has(app.botUserId),
          creator: [...channel.members][0] ?? 'USLACKBOT',
          topic: { value: '', creator: '', last_set: 0 },
          purpose: { value: '', creator: '', last_set: 0 },
          num_members: channel.members.size,
        }),
  };
}

/** A person as `users.info` answers it; `email` only for apps with `users:read.email`. */
export function userObject({ seed, now }: Context, user: SeedUser, withEmail: boolean): Fields {
  return {
    id: user.id,
    team_id: seed.team.id,
    name: user.name,
    deleted: false,
    real_name: user.real_name,
    tz: user.tz,
    tz_label: user.tz,
    tz_offset: zoneOffsetSeconds(now, user.tz),
    profile: userProfile(user, withEmail),
    is_admin: user.is_admin === true,
    is_owner: false,
    is_restricted: false,
    is_ultra_restricted: false,
    is_bot: user.is_bot === true,
    is_app_user: false,
    updated: 0,
  };
}

export function userProfile(user: SeedUser, withEmail: boolean): Fields {
  return {
    real_name: user.real_name,
    real_name_normalized: user.real_name,
    display_name: user.name,
    display_name_normalized: user.name,
    first_name: user.real_name.split(' ')[0],
    last_name: user.real_name.split(' ').slice(1).join(' '),
    title: '',
    phone: '',
    status_text: '',
    status_emoji: '',
    ...(withEmail && user.email !== undefined ? { email: user.email } : {}),
  };
}

function zoneOffsetSeconds(now: number, timeZone: string): number {
  const name = new Intl.DateTimeFormat('en', { timeZone, timeZoneName: 'longOffset' }).formatToParts(now);
  const match = /GMT([+-])(\d\d):(\d\d)/.exec(name.find(({ type }) => type === 'timeZoneName')?.value ?? '');
  if (match === null) return 0;
  return (match[1] === '-' ? -1 : 1) * (Number(match[2]) * 3600 + Number(match[3]) * 60);
}

/** What every payload of a person's action begins with. */
export function interactionBase({ seed }: Context, app: SandboxApp, user: SeedUser): Fields {
  return {
    user: { id: user.id, username: user.name, name: user.name, team_id: seed.team.id },
    api_app_id: app.id,
    token: verificationToken,
    team: { id: seed.team.id, domain: seed.team.domain },
    enterprise: null,
    is_enterprise_install: false,
  };
}

/** A view as apps see it. */
export function publicView(view: View): Fields {
  return clone(view);
}

export function slashCommand(
  { seed }: Context,
  app: SandboxApp,
  user: SeedUser,
  channel: Channel,
  input: { command: string; text: string; responseUrl: string; triggerId: string },
): Fields {
  return {
    token: verificationToken,
    team_id: seed.team.id,
    team_domain: seed.team.domain,
    channel_id: channel.id,
    channel_name:
      channel.kind === 'channel' ? channel.name : channel.kind === 'group' ? 'privategroup' : channel.name,
    user_id: user.id,
    user_name: user.name,
    command: input.command,
    text: input.text,
    api_app_id: app.id,
    is_enterprise_install: 'false',
    response_url: input.responseUrl,
    trigger_id: input.triggerId,
  };
}

/** How a message names the app that posted it. */
export function botProfile(
  { seed }: Pick<Context, 'seed'>,
  app: { id: string; botId: string; name: string },
): Fields {
  return {
    id: app.botId,
    app_id: app.id,
    name: app.name,
    icons: { image_36: '', image_48: '', image_72: '' },
    deleted: false,
    updated: 0,
    team_id: seed.team.id,
  };
}
