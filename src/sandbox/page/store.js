import { batch, signal } from '@preact/signals';
import { post } from './api.js';

/** An object of signals: reading a field while painting subscribes to it, writing one repaints who read it. */
function reactive(fields) {
  const cells = Object.entries(fields).map(([name, value]) => [name, signal(value)]);
  const property = ([name, cell]) => [name, { get: () => cell.value, set: (next) => (cell.value = next) }];
  return Object.defineProperties({}, Object.fromEntries(cells.map(property)));
}

/** Everything the page shows; the first seven are the workspace as the server tells of it. */
export const state = reactive({
  ...{ team: {}, apps: [], users: [], channels: [], unread: {}, commands: [], shortcuts: [] },
  isOffline: false,
  /** The workspace's time to the minute, in milliseconds. */
  now: 0,
  /** The workspace's time when this page was opened. */
  openedAt: Infinity,
  me: null,
  /** `{ app }` or `{ id, thread?, at? }`. */
  place: {},
  /** By channel. */
  messages: {},
  /** The App Home in front: undefined while it is on its way, null when the app never published one. */
  home: undefined,
  views: [],
  log: [],
  isTrafficOpen: localStorage.getItem('sandbox.traffic') === 'true',
  isNavOpen: false,
  toasts: [],
  /** How far each person has read each thread since this page was opened. */
  threadsRead: {},
});

export const userById = (id) => state.users.find((user) => user.id === id);
export const appById = (id) => state.apps.find((app) => app.appId === id);
export const people = () => state.users.filter((user) => !user.is_bot && user.id !== 'USLACKBOT');
export const zone = () => userById(state.me)?.tz ?? 'UTC';
export const nameOf = (id) => userById(id)?.real_name || userById(id)?.name || id || 'Someone';

/** The acting person's direct messages with an app. Before the first message they go by the bot user's id. */
export function directWith(app) {
  const members = [state.me, app.botUserId];
  const isTheirs = (one) => one.is_im && String(one.members.toSorted()) === String(members.toSorted());
  return state.channels.find(isTheirs) ?? { id: app.botUserId, is_im: true, isToCome: true, members };
}

export const channelById = (id) =>
  [...state.channels, ...state.apps.map(directWith)].find((channel) => channel.id === id);
const othersIn = (channel) => channel.members.filter((id) => id !== state.me);
/** The app at the other end of direct messages, if it is one. */
export const appIn = (channel) =>
  state.apps.find((app) => channel?.is_im && othersIn(channel)[0] === app.botUserId);
export const titleOf = (channel) =>
  channel.is_im ? othersIn(channel).map(nameOf).join(', ') : `#${channel.name}`;

/** What the acting person is a member of, by name; direct messages with apps are found by `directWith`. */
export const conversations = () =>
  state.channels
    .filter((channel) => channel.members.includes(state.me) && !appIn(channel))
    .sort((a, b) => titleOf(a).localeCompare(titleOf(b)));

const isNew = (message) => Number(message.ts) * 1000 >= state.openedAt;
/** Whether the acting person sees a message. As in Slack, a reload ends what only they saw. */
export const isVisible = (message) =>
  !message.ephemeral_to || (message.ephemeral_to === state.me && isNew(message));
export const isReply = (message) => message.thread_ts !== undefined && message.thread_ts !== message.ts;

/** Thread replies since this page was opened that mention the acting person and were not looked at; newest first. */
export function mentions() {
  const mark = new RegExp(`<@${state.me}>|"user_id":"${state.me}"`);
  const isUnread = (one) => one.ts > (state.threadsRead[state.me + one.thread_ts] ?? '');
  const isOthers = (one) => one.user !== state.me && !one.ephemeral_to;
  const isWaiting = (one) => isReply(one) && isOthers(one) && isUnread(one) && mark.test(JSON.stringify(one));
  const found = conversations().flatMap(({ id }) => {
    const all = state.messages[id] ?? [];
    const fresh = all.slice(all.findLastIndex((one) => !isNew(one)) + 1);
    return fresh.filter(isWaiting).map((message) => ({ channel: id, message }));
  });
  return found.sort((a, b) => b.message.ts.localeCompare(a.message.ts));
}

/** Where something is: `#C1`, `#C1/<thread ts>`, `#C1@<message ts>`; an app's Home is at `#app/A1`. */
export const hashOf = (channel, thread, at) =>
  `#${channel}${thread ? `/${thread}` : ''}${at ? `@${at}` : ''}`;

/** Shows a short note; it replaces one that says the beginning of the same. `href` is where its "Open" leads. */
export function toast(text, { tone = 'info', lines = [], href } = {}) {
  const note = { id: Math.random(), text, tone, lines, href };
  state.toasts = [...state.toasts.filter((other) => !text.startsWith(other.text)), note].slice(-4);
  setTimeout(dismiss, 8000, note.id);
}
export const dismiss = (id) => (state.toasts = state.toasts.filter((note) => note.id !== id));

/** Does something as the acting person; tells them when the app did not answer or the sandbox refused it. */
export async function act(path, body) {
  const result = await post(path, { user: state.me, ...body });
  const trouble = result.notice ?? result.error;
  if (result.ok === false && trouble) toast(trouble, { tone: 'warning' });
  return result;
}
