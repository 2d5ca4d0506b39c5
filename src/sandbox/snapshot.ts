import type { Core } from './core.ts';
import type { Message, View } from './types.ts';
import { clone } from './values.ts';

export interface StateSnapshot {
  /** UTC milliseconds of the sandbox clock. */
  now: number;
  team: { id: string; name: string; domain: string };
  apps: { appId: string; name: string; botUserId: string; botId: string; connected: boolean }[];
  users: { id: string; name: string; real_name: string; tz: string; is_bot: boolean; is_admin: boolean }[];
  channels: { id: string; name: string; members: string[]; is_private: boolean; is_archived: boolean }[];
  /** Direct conversations: with two members or, as a group, more. */
  directs: { id: string; members: string[] }[];
  /** Ids of each person's direct conversations. */
  ims: Record<string, string[]>;
  /** Unread messages by person and channel. */
  unread: Record<string, Record<string, number>>;
  commands: { command: string; description: string; usage_hint: string; appId: string }[];
  shortcuts: { name: string; type: string; callback_id: string; description: string; appId: string }[];
}

export function snapshot(core: Core): StateSnapshot {
  const { workspace, sockets } = core;
  const channels = [...workspace.channels.values()];
  const isDirect = ({ kind }: { kind: string }): boolean => kind === 'im' || kind === 'mpim';
  const directs = channels.filter(isDirect).map(({ id, members }) => ({ id, members: [...members] }));
  const { apps } = workspace.seed;
  return {
    now: workspace.now,
    team: workspace.seed.team,
    apps: apps.map((app) => ({
      appId: app.id,
      name: app.name,
      botUserId: app.botUserId,
      botId: app.botId,
      connected: app.requestUrl !== undefined || sockets.count(app.id) > 0,
    })),
    users: [...workspace.users.values()].map(({ id, name, real_name, tz, is_bot, is_admin }) => ({
      id,
      name,
      real_name,
      tz,
      is_bot: is_bot === true,
      is_admin: is_admin === true,
    })),
    channels: channels
      .filter((channel) => !isDirect(channel))
      .map(({ id, name, members, kind, isArchived }) => ({
        id,
        name,
        members: [...members],
        is_private: kind === 'group',
        is_archived: isArchived,
      })),
    directs,
    ims: Object.fromEntries(
      [...workspace.users.values()]
        .filter(({ is_bot }) => is_bot !== true)
        .map(({ id }) => [
          id,
          directs.filter(({ members }) => members.includes(id)).map((direct) => direct.id),
        ]),
    ),
    unread: Object.fromEntries(
      [...workspace.unread].map(([user, counts]) => [user, Object.fromEntries(counts)]),
    ),
    commands: apps.flatMap(({ id: appId, manifest }) =>
      (manifest.features?.slash_commands ?? []).map(({ command, description = '', usage_hint = '' }) => ({
        command,
        description,
        usage_hint,
        appId,
      })),
    ),
    shortcuts: apps.flatMap(({ id: appId, manifest }) =>
      (manifest.features?.shortcuts ?? []).map(({ name, type, callback_id, description = '' }) => ({
        name,
        type,
        callback_id,
        description,
        appId,
      })),
    ),
  };
}

/** A view as a person sees it: with the errors that the form shows. */
export type ShownView = View & { errors?: Record<string, string> };

/** A person's open modals, the one on top last. */
export function openViews(core: Core, user: string): ShownView[] {
  return (core.workspace.stacks.get(user) ?? []).flatMap((id) => {
    const view = core.workspace.views.get(id);
    if (view === undefined) return [];
    const errors = core.workspace.viewErrors.get(id);
    return [{ ...clone(view), ...(errors === undefined ? {} : { errors }) }];
  });
}

/** All messages of a channel, oldest first: replies, ephemeral ones and metadata included. */
export function channelMessages(core: Core, idOrName: string): Message[] {
  return clone(core.workspace.channel(idOrName).messages);
}
