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
  now: Date.now(),
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
export const channelById = (id) => conversationList().find((channel) => channel.id === id);
export const appById = (id) => state.apps.find((app) => app.appId === id);
export const me = () => userById(state.me);
export const zone = () => me()?.tz ?? 'UTC';
export const people = () => state.users.filter((user) => !user.is_bot && user.id !== 'USLACKBOT');
export const unreadIn = (channel) => state.unread[state.me]?.[channel] ?? 0;

/**
 * All conversations, and for each app with which the acting person has none yet, the empty one that a first message
 * will open. Until then it goes by the id of the app's bot user.
 */
function conversationList() {
  const isWith = (app) => (channel) =>
    channel.is_im &&
    channel.members.length === 2 &&
    [state.me, app.botUserId].every((id) => channel.members.includes(id));
  const missing = state.apps.filter((app) => !state.channels.some(isWith(app)));
  const toCome = missing.map((app) => ({
    id: app.botUserId,
    is_im: true,
    toCome: true,
    members: [state.me, app.botUserId],
  }));
  return [...state.channels, ...toCome];
}

/** Who sits at the other end of a direct message: `{ user, app? }`. */
export function counterpart(channel) {
  const id = channel.members.find((member) => member !== state.me) ?? state.me;
  return { id, user: userById(id), app: state.apps.find((app) => app.botUserId === id) };
}

/** The conversations of the acting person: channels they are in, and their direct messages. */
export function conversations() {
  const mine = conversationList().filter((channel) => channel.members.includes(state.me));
  const byName = (a, b) => (a.name ?? '').localeCompare(b.name ?? '');
  return {
    channels: mine.filter((channel) => !channel.is_im).sort(byName),
    directs: mine.filter((channel) => channel.is_im),
  };
}

/** The direct messages between the acting person and an app. */
export const directWith = (app) =>
  conversations().directs.find((channel) => counterpart(channel).id === app.botUserId);

// Where we are: `#C1`, `#C1/<thread ts>`, `#C1@<message ts>`, `#app/A1`.

function parsePlace(hash) {
  const home = /^#app\/(\w+)/.exec(hash);
  if (home) return { kind: 'home', app: home[1] };
  const channel = /^#(\w+)(?:\/([\d.]+))?(?:@([\d.]+))?/.exec(hash);
  if (channel) return { kind: 'channel', id: channel[1], thread: channel[2] ?? null, at: channel[3] ?? null };
  return { kind: 'none' };
}

/** The hash for a place, for links and for `go`. */
export const hashOf = (channel, thread, at) =>
  `#${channel}${thread ? `/${thread}` : ''}${at ? `@${at}` : ''}`;

export function go(hash) {
  if (location.hash === hash) arrive();
  else location.hash = hash;
}

function isMine(place) {
  if (place.kind === 'home') return appById(place.app) !== undefined;
  const { channels, directs } = conversations();
  return [...channels, ...directs].some((channel) => channel.id === place.id);
}

function arrive() {
  let place = parsePlace(location.hash);
  if (!isMine(place)) {
    const { channels, directs } = conversations();
    const first = channels[0] ?? directs[0];
    place = first ? { kind: 'channel', id: first.id, thread: null, at: null } : { kind: 'none' };
    const hash = first ? hashOf(first.id) : '';
    history.replaceState(null, '', `${location.pathname}${location.search}${hash}`);
  }
  const openedHome = place.kind === 'home' && (state.place.kind !== 'home' || state.place.app !== place.app);
  set({ place, navOpen: false });
  if (place.kind === 'channel') void safely(loadMessages(place.id));
  if (openedHome) void safely(openHome());
}

async function openHome() {
  const { me: user, place } = state;
  set({ home: undefined });
  await post('/home-opened', { user, app: place.app });
  await loadHome();
}

/** Switches the acting person: everything that depends on who looks is fetched again. */
export function actAs(user) {
  localStorage.setItem('sandbox.as', user);
  const url = new URL(location.href);
  url.searchParams.set('as', user);
  history.replaceState(null, '', url);
  const before = state.place;
  const direct =
    before.kind === 'channel' && channelById(before.id)?.is_im ? counterpart(channelById(before.id)) : null;
  set({ me: user, views: [], home: undefined, place: { kind: 'none' } });
  const mine = direct?.app && directWith(direct.app);
  if (mine) history.replaceState(null, '', hashOf(mine.id));
  arrive();
  void safely(loadViews());
}

// Loading

const keepEqual = (before, after) => {
  if (!before) return after;
  const known = new Map(before.map((message) => [message.ts, message]));
  return after.map((message) => {
    const old = known.get(message.ts);
    return old && JSON.stringify(old) === JSON.stringify(message) ? old : message;
  });
};

export const loadState = () =>
  once('state', async () => {
    const { directs = [], channels, ...next } = await get('/state');
    const open = channels.filter((channel) => !channel.is_archived);
    set({
      ...next,
      channels: [...open, ...directs.map((direct) => ({ ...direct, is_im: true }))],
      ready: true,
    });
  });

export const loadMessages = (channel) =>
  once(`messages:${channel}`, async () => {
    if (channelById(channel)?.toCome) return set({ messages: { ...state.messages, [channel]: [] } });
    const { messages } = await get(`/messages/${channel}`);
    const sorted = messages.toSorted((a, b) => Number(a.ts) - Number(b.ts));
    set({ messages: { ...state.messages, [channel]: keepEqual(state.messages[channel], sorted) } });
    markRead(channel);
  });

function markRead(channel) {
  if (state.place.id !== channel || document.hidden || !unreadIn(channel)) return;
  const mine = { ...state.unread[state.me], [channel]: 0 };
  set({ unread: { ...state.unread, [state.me]: mine } });
  void post('/read', { user: state.me, channel });
}

export const loadViews = () =>
  once('views', async () => {
    const user = state.me;
    const { stack } = await get(`/view/${user}`);
    if (user === state.me) set({ views: stack });
  });

export const loadHome = () =>
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
    state.me = people().some((user) => user.id === wanted) ? wanted : (people()[0]?.id ?? null);
  }
  if (!state.me) return;
  if (state.place.kind === 'none' || !isMine(state.place)) arrive();
  else if (state.place.kind === 'channel') await loadMessages(state.place.id);
  if (state.place.kind === 'home') await loadHome();
  await loadViews();
  if (state.trafficOpen) await loadLog();
}

const safely = (promise) => promise.catch(() => set({ offline: true }));

function onEvent(event) {
  if (event.type === 'message') {
    safely(loadState());
    if (event.channel === state.place.id) safely(loadMessages(event.channel));
    else delete state.messages[event.channel];
  } else if (event.type === 'state') safely(loadState());
  else if (event.type === 'view' && event.user === state.me) safely(loadViews());
  else if (event.type === 'home' && event.user === state.me) safely(loadHome());
  else if (event.type === 'clock') {
    set({ now: event.now });
    safely(loadState());
  } else if (event.type === 'log' && state.trafficOpen) safely(loadLog());
  else if (event.type === 'notice' && event.user === state.me) toast(event.text, 'warning');
}

/** Connects to the server and keeps the state fresh until the page goes away. */
export function start() {
  window.addEventListener('hashchange', arrive);
  document.addEventListener(
    'visibilitychange',
    () => state.place.kind === 'channel' && markRead(state.place.id),
  );
  const reload = () => safely(refresh().then(() => set({ offline: false })));
  follow({ onEvent, onOpen: reload, onBreak: () => set({ offline: true }) });
  void reload();
  setInterval(() => !document.hidden && !state.offline && safely(loadState()), 30_000);
}

// Toasts and questions

let toastId = 0;

/** Shows a short note; it replaces one with the same text or the beginning of it. `lines` follow the text, one below the other. */
export function toast(text, tone = 'info', lines = []) {
  const id = ++toastId;
  const others = state.toasts.filter(
    (other) => !text.startsWith(other.text) || other.lines.join() !== lines.join(),
  );
  set({ toasts: [...others, { id, text, tone, lines }].slice(-4) });
  setTimeout(() => dismissToast(id), tone === 'info' ? 6000 : 9000);
}

export const dismissToast = (id) => set({ toasts: state.toasts.filter((entry) => entry.id !== id) });

/** Asks with Slack's confirm object (`title`, `text`, `confirm`, `deny`, `style`); resolves to the answer. */
export const ask = (confirm) =>
  new Promise((resolve) => {
    const settle = (yes) => {
      set({ question: null });
      resolve(yes);
    };
    set({ question: { confirm, settle } });
  });
