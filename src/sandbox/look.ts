import type { Core, LogEntry } from './core.ts';
import type { Message, View } from './types.ts';
import { isDirect } from './workspace.ts';

/** All messages of a channel, oldest first, replies and ephemeral ones included. */
export const messages = ({ workspace }: Core, channel: string): Message[] =>
  workspace.channel(channel).messages;

/** The message that started a thread and its replies. */
export function thread({ workspace }: Core, channel: string, ts: string): Message[] {
  const { byTs, threads } = workspace.channel(channel);
  return [byTs.get(ts), ...(threads.get(ts) ?? [])].filter((message) => message !== undefined);
}

/** The direct messages between a person and the first app's bot, oldest first. */
export const directMessages = ({ workspace }: Core, user: string): Message[] =>
  workspace.directChannel([workspace.app().botUserId, workspace.person(user).id]).messages;

/** The Home that a person sees, if the app has published one. */
export const home = ({ workspace }: Core, user: string, app?: string): View | undefined =>
  workspace.homes.get(`${workspace.app(app).id}:${user}`)?.view;

/** A view as a person sees it: with the errors that the form shows. */
export type ShownView = View & { errors?: Record<string, string> };

/** A person's open modals, the one on top last. */
export const modals = ({ workspace }: Core, user: string): ShownView[] =>
  (workspace.stacks.get(user) ?? []).map(({ view, errors }) => ({ ...view, ...(errors && { errors }) }));

export const view = (core: Core, user: string): ShownView | undefined => modals(core, user).at(-1);

export const log = (core: Core): LogEntry[] => core.log();

export type StateSnapshot = ReturnType<typeof state>;

/** What the page and the tests see of the workspace. `unread` is by person, `directs` have two members or more. */
export function state({ workspace, sockets }: Core) {
  const { team, apps } = workspace.seed;
  const channels = [...workspace.channels.values()].map(({ id, name, members, kind, isArchived }) => {
    return { id, name, members: [...members], is_private: kind === 'group', is_archived: isArchived, kind };
  });
  const features = apps.flatMap(({ id: appId, manifest }) => ({ appId, ...manifest.features }));
  return {
    now: workspace.now,
    team,
    apps: apps.map(({ id: appId, name, botUserId, botId, requestUrl }) => {
      const connected = requestUrl !== undefined || sockets.count(appId) > 0;
      return { appId, name, botUserId, botId, connected };
    }),
    users: [...workspace.users.values()].map(({ email: _email, ...user }) => {
      return { is_bot: false, is_admin: false, ...user };
    }),
    channels: channels.filter((channel) => !isDirect(channel)),
    directs: channels.filter(isDirect),
    unread: Object.fromEntries(
      [...workspace.unread].map(([user, counts]) => [user, Object.fromEntries(counts)]),
    ),
    commands: features.flatMap(({ appId, slash_commands = [] }) =>
      slash_commands.map((command) => ({ description: '', usage_hint: '', ...command, appId })),
    ),
    shortcuts: features.flatMap(({ appId, shortcuts = [] }) =>
      shortcuts.map((shortcut) => ({ description: '', ...shortcut, appId })),
    ),
  };
}
