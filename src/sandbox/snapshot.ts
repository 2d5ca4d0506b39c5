import type { Core } from './core.ts';
import type { OpenView, View } from './types.ts';
import { clone } from './values.ts';
import { isDirect } from './workspace.ts';

/** What the page and the tests see of the workspace. */
export type StateSnapshot = ReturnType<typeof snapshot>;

/** `now` is UTC milliseconds of the sandbox clock; `ims` and `unread` are by person, `directs` have two members or more. */
export function snapshot({ workspace, sockets }: Core) {
  const { team, apps } = workspace.seed;
  const [users, channels] = [[...workspace.users.values()], [...workspace.channels.values()]];
  const directs = channels.filter(isDirect).map(({ id, members }) => ({ id, members: [...members] }));
  const people = users.filter(({ is_bot }) => is_bot !== true);
  return {
    now: workspace.now,
    team,
    apps: apps.map(({ id, name, botUserId, botId, requestUrl }) => {
      const connected = requestUrl !== undefined || sockets.count(id) > 0;
      return { appId: id, name, botUserId, botId, connected };
    }),
    users: users.map(({ id, name, real_name, tz, is_bot = false, is_admin = false }) => {
      return { id, name, real_name, tz, is_bot, is_admin };
    }),
    channels: channels
      .filter((channel) => !isDirect(channel))
      .map(({ id, name, members, kind, isArchived }) => {
        return { id, name, members: [...members], is_private: kind === 'group', is_archived: isArchived };
      }),
    directs,
    ims: Object.fromEntries(
      people.map(({ id }) => [
        id,
        directs.filter(({ members }) => members.includes(id)).map((one) => one.id),
      ]),
    ),
    unread: Object.fromEntries(
      [...workspace.unread].map(([user, counts]) => [user, Object.fromEntries(counts)]),
    ),
    commands: apps.flatMap(({ id: appId, manifest }) =>
      (manifest.features?.slash_commands ?? []).map(({ command, description = '', usage_hint = '' }) => {
        return { command, description, usage_hint, appId };
      }),
    ),
    shortcuts: apps.flatMap(({ id: appId, manifest }) =>
      (manifest.features?.shortcuts ?? []).map(({ name, type, callback_id, description = '' }) => {
        return { name, type, callback_id, description, appId };
      }),
    ),
  };
}

/** A view as a person sees it: with the errors that the form shows. */
export type ShownView = View & { errors?: Record<string, string> };

/** A person's open modals, the one on top last. */
export function openViews(core: Core, user: string): ShownView[] {
  return (core.workspace.stacks.get(user) ?? []).map(({ view, errors }: OpenView) =>
    clone(errors === undefined ? view : { ...view, errors }),
  );
}
