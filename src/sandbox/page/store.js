import { useEffect, useReducer } from 'preact/hooks';
import { coalesce, follow, get, post } from './api.js';

/** Everything the page shows. Changed only through `set`, which repaints. */
export const state = {
  ready: false,
  offline: false,
  team: { id: '', name: 'Sandbox' },
  apps: [],
  users: [],
  channels: [],
  unread: {},
  commands: [],
  shortcuts: [],
  /** The workspace's time, and what it was when this page was opened; both in milliseconds. */
  now: 0,
  openedAt: null,
  me: null,
  place: { kind: 'none' },
  messages: {},
  home: null,
  views: [],
  log: [],
  trafficOpen: localStorage.getItem('sandbox.traffic') === '1',
  navOpen: false,
  toasts: [],
  question: null,
};

const listeners = new Set();
const once = coalesce();

export function set(patch) {
  Object.assign(state, patch);
  for (const listener of listeners) listener();
}

/** Subscribes a component to the whole state. Used by the root only. */
export function useStore() {
  const [, repaint] = useReducer((count) => count + 1, 0);
  useEffect(() => {
    listeners.add(repaint);
    return () => listeners.delete(repaint);
  }, []);
  return state;
}

export const userById = (id) => state.users.find((user) => user.id === id);
export const appById = (id) => state.apps.find((app) => app.appId === id);
export const appOfBot = (botUserId) => state.apps.find((app) => app.botUserId === botUserId);
export const people = () => state.users.filter((user) => !user.is_bot && user.id !== 'USLACKBOT');
export const zone = () => userById(state.me)?.tz ?? 'UTC';
export const unreadIn = (channel) => state.unread[state.me]?.[channel] ?? 0;
export const nameOf = (id) => userById(id)?.real_name || userById(id)?.name || id || 'Someone';

/** The acting person's direct messages with an app. Before the first message they go by the bot user's id. */
export function directWith(app) {
  const members = [state.me, app.botUserId];
  const isTheirs = (one) =>
    one.is_im && one.members.length === 2 && members.every((id) => one.members.includes(id));
  return state.channels.find(isTheirs) ?? { id: app.botUserId, is_im: true, toCome: true, members };
}

export const channelById = (id) =>
  state.channels.find((channel) => channel.id === id) ??
  state.apps.map(directWith).find((channel) => channel.id === id);
const isMember = (channel) => channel?.members.includes(state.me) ?? false;
const othersIn = (channel) => channel.members.filter((id) => id !== state.me);
/** The app at the other end of direct messages, if it is one. */
export const appIn = (channel) => (channel.is_im ? appOfBot(othersIn(channel)[0]) : undefined);
export const titleOf = (channel) =>
  channel.is_im ? othersIn(channel).map(nameOf).join(', ') : `#${channel.name}`;

/** The acting person's channels, and their direct messages with people. Those with apps are found by `directWith`. */
export function conversations() {
  const mine = state.channels.filter(isMember);
  return {
    channels: mine.filter((one) => !one.is_im).sort((a, b) => a.name.localeCompare(b.name)),
    directs: mine.filter((one) => one.is_im && !appIn(one)),
  };
}

const opened = (message) => Number(message.ts) * 1000 >= state.openedAt;

/** Whether the acting person sees a message. As in Slack, a reload ends what only they saw. */
export const isVisible = (message) =>
  !message.ephemeral_to || (message.ephemeral_to === state.me && opened(message));
export const isReply = (message) => message.thread_ts !== undefined && message.thread_ts !== message.ts;

/** How far each person has read each thread since this page was opened. */
const threadsRead = new Map();
const threadKey = (ts) => `${state.me} ${ts}`;

/** Thread replies since this page was opened that mention the acting person and were not looked at; newest first. */
export function mentions() {
  const marks = [`<@${state.me}>`, `"user_id":"${state.me}"`];
  const found = [];
  for (const channel of state.channels.filter(isMember)) {
    for (const message of (state.messages[channel.id] ?? []).toReversed()) {
      if (!opened(message)) break;
      const isOpen = !document.hidden && state.place.thread === message.thread_ts;
      const isRead = isOpen || (threadsRead.get(threadKey(message.thread_ts)) ?? '') >= message.ts;
      if (isRead || !isReply(message) || message.ephemeral_to || message.user === state.me) continue;
      const said = JSON.stringify([message.text, message.blocks]);
      if (marks.some((mark) => said.includes(mark))) found.push({ channel: channel.id, message });
    }
  }
  return found.sort((a, b) => b.message.ts.localeCompare(a.message.ts));
}

// Where we are: `#C1`, `#C1/<thread ts>`, `#C1@<message ts>`, `#app/A1`.

function parsePlace(hash) {
  const app = /^#app\/(\w+)/.exec(hash)?.[1];
  if (app) return { kind: 'home', app };
  const [, id, thread, at] = /^#(\w+)(?:\/([\d.]+))?(?:@([\d.]+))?/.exec(hash) ?? [];
  return id ? { kind: 'channel', id, thread, at } : { kind: 'none' };
}

/** The hash for a place, for links and for `go`. */
export const hashOf = (channel, thread, at) =>
  `#${channel}${thread ? `/${thread}` : ''}${at ? `@${at}` : ''}`;

export function go(hash) {
  if (location.hash === hash) arrive();
  else location.hash = hash;
}

const isMine = ({ kind, id, app }) =>
  kind === 'home' ? appById(app) !== undefined : isMember(channelById(id));

function arrive() {
  let place = parsePlace(location.hash);
  if (!isMine(place)) {
    const { channels, directs } = conversations();
    const first = channels[0] ?? directs[0];
    place = first ? { kind: 'channel', id: first.id } : { kind: 'none' };
    history.replaceState(null, '', location.pathname + location.search + (first ? hashOf(first.id) : ''));
  }
  const opensHome = place.kind === 'home' && state.place.app !== place.app;
  set({ place, navOpen: false });
  if (place.kind === 'channel') void safely(loadMessages(place.id));
  if (opensHome) void safely(openHome());
}

async function openHome() {
  set({ home: undefined });
  await post('/home-opened', { user: state.me, app: state.place.app });
  await loadHome();
}

/** Switches the acting person: everything that depends on who looks is fetched again. */
export function actAs(user) {
  localStorage.setItem('sandbox.as', user);
  const direct = state.place.kind === 'channel' && appIn(channelById(state.place.id));
  set({ me: user, views: [], home: undefined, place: { kind: 'none' } });
  const url = new URL(location.href);
  url.searchParams.set('as', user);
  if (direct) url.hash = hashOf(directWith(direct).id);
  history.replaceState(null, '', url);
  arrive();
  void safely(loadViews());
}

// Loading

/** Messages that did not change stay the same objects, so that they are not painted again. */
function keepEqual(before, after) {
  const known = new Map(before?.map((message) => [message.ts, message]));
  return after.map((message) => {
    const old = known.get(message.ts);
    return old && JSON.stringify(old) === JSON.stringify(message) ? old : message;
  });
}

export const loadState = () =>
  once('state', async () => {
    const { directs, channels, ...next } = await get('/state');
    const open = channels.filter((channel) => !channel.is_archived);
    const all = [...open, ...directs.map((direct) => ({ ...direct, is_im: true }))];
    set({ ...next, channels: all, openedAt: state.openedAt ?? next.now, ready: true });
  });

const loadMessages = (channel) =>
  once(channel, async () => {
    const { messages } = channelById(channel)?.toCome ? { messages: [] } : await get(`/messages/${channel}`);
    set({ messages: { ...state.messages, [channel]: keepEqual(state.messages[channel], messages) } });
    if (state.place.id === channel) markRead();
  });

/** What is on the screen counts as read, the open thread included. */
function markRead() {
  const { id, thread } = state.place;
  if (!id || document.hidden) return;
  if (thread) threadsRead.set(threadKey(thread), state.messages[id]?.at(-1)?.ts ?? '');
  if (!unreadIn(id)) return;
  set({ unread: { ...state.unread, [state.me]: { ...state.unread[state.me], [id]: 0 } } });
  void post('/read', { user: state.me, channel: id });
}

const clients = new Set();

export const loadViews = () =>
  once('views', async () => {
    const user = state.me;
    const { stack } = await get(`/view/${user}`);
    const isFirst = !clients.has(user);
    clients.add(user);
    // A modal does not survive the reload of a client.
    if (isFirst) for (const view of stack.toReversed()) await post('/close-view', { user, viewId: view.id });
    if (user === state.me) set({ views: isFirst ? [] : stack });
  });

const loadHome = () =>
  once('home', async () => {
    const user = state.me;
    const { view } = await get(`/home/${user}`);
    if (user === state.me) set({ home: view });
  });

export const loadLog = () =>
  once('log', async () => {
    const { entries } = await get('/log');
    set({ log: entries.slice(-300).sort((a, b) => b.at - a.at) });
  });

async function refresh() {
  await loadState();
  if (!userById(state.me)) {
    const wanted = new URL(location.href).searchParams.get('as') ?? localStorage.getItem('sandbox.as');
    state.me = (people().find((user) => user.id === wanted) ?? people()[0])?.id ?? null;
  }
  set({ offline: false });
  if (!state.me) return;
  if (!isMine(state.place)) arrive();
  else if (state.place.kind === 'channel') await loadMessages(state.place.id);
  else await loadHome();
  await loadViews();
  if (state.trafficOpen) await loadLog();
}

const safely = (promise) => promise.catch(() => set({ offline: true }));

const EVENTS = {
  message: ({ channel }) => Promise.all([loadState(), loadMessages(channel)]),
  state: loadState,
  view: ({ user }) => user === state.me && loadViews(),
  home: ({ user }) => user === state.me && loadHome(),
  clock: ({ now }) => (set({ now }), loadState()),
  log: () => state.trafficOpen && loadLog(),
  notice: ({ user, text }) => user === state.me && toast(text, { tone: 'warning' }),
};

/** Connects to the server and keeps the state fresh. */
export function start() {
  addEventListener('hashchange', arrive);
  document.addEventListener('visibilitychange', markRead);
  follow({
    onEvent: (event) => void safely(Promise.resolve(EVENTS[event.type]?.(event))),
    onOpen: () => void safely(refresh()),
    onBreak: () => set({ offline: true }),
  });
  setInterval(() => !document.hidden && !state.offline && void safely(loadState()), 30_000);
}

// Toasts and questions

let toastId = 0;

/** Shows a short note; it replaces one that says the beginning of the same. `href` is where its "Open" leads. */
export function toast(text, { tone = 'info', lines = [], href } = {}) {
  const id = ++toastId;
  const others = state.toasts.filter(
    (other) => !text.startsWith(other.text) || other.lines.join() !== lines.join(),
  );
  set({ toasts: [...others, { id, text, tone, lines, href }].slice(-4) });
  setTimeout(() => dismissToast(id), tone === 'info' ? 6000 : 9000);
}

export const dismissToast = (id) => set({ toasts: state.toasts.filter((entry) => entry.id !== id) });

/** Asks with Slack's confirm object (`title`, `text`, `confirm`, `deny`, `style`); resolves to the answer. */
export const ask = (confirm) =>
  new Promise((resolve) => {
    const settle = (yes) => (set({ question: null }), resolve(yes));
    set({ question: { confirm, settle } });
  });
