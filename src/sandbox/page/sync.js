import { batch } from '@preact/signals';
import { get, post } from './api.js';
import {
  appById,
  appIn,
  channelById,
  conversations,
  directWith,
  hashOf,
  people,
  state,
  toast,
} from './store.js';

/** Takes the place from the address; the first conversation when it names none of the acting person's. */
function locate() {
  const [, app] = /^#app\/(\w+)/.exec(location.hash) ?? [];
  const [, id, thread, at] = /^#(\w+)(?:\/([\d.]+))?(?:@([\d.]+))?/.exec(location.hash) ?? [];
  const isMine = channelById(id)?.members.includes(state.me);
  if (appById(app)) return { app };
  return isMine ? { id, thread, at } : { id: conversations()[0]?.id };
}

function arrive() {
  const place = locate();
  const home = place.app === state.place.app ? state.home : undefined;
  batch(() => Object.assign(state, { place, home, isNavOpen: false }));
  void refresh();
}

export const go = (hash) => (location.hash === hash ? arrive() : (location.hash = hash));

/** Switches the acting person: everything that depends on who looks is fetched again. */
export function actAs(user) {
  localStorage.setItem('sandbox.as', user);
  const app = appIn(channelById(state.place.id));
  batch(() => Object.assign(state, { me: user, views: [], home: undefined, place: {} }));
  const url = new URL(location.href);
  url.searchParams.set('as', user);
  if (app) url.hash = hashOf(directWith(app).id);
  history.replaceState(null, '', url);
  arrive();
}

/** Sets what differs; what is the same stays the same object, so that nothing is painted for nothing. */
const update = (fields) =>
  batch(() => {
    for (const [name, next] of Object.entries(fields))
      if (JSON.stringify(state[name]) !== JSON.stringify(next)) state[name] = next;
  });

async function fetchWorkspace() {
  const { now, team, apps, users, channels, directs, unread, commands, shortcuts } = await get('/state');
  const open = channels.filter((channel) => !channel.is_archived);
  const all = [...open, ...directs.map((direct) => ({ ...direct, is_im: true }))];
  update({ team, apps, users, channels: all, unread, commands, shortcuts, now: now - (now % 60_000) });
  const asked = new URL(location.href).searchParams.get('as') ?? localStorage.getItem('sandbox.as');
  const me = [state.me, asked, people()[0]?.id].find((id) => people().some((user) => user.id === id)) ?? null;
  update({ me, openedAt: Math.min(now, state.openedAt), isOffline: false });
}

/** How far the messages of each channel are known, and the channels in which there are others since. */
const revisions = new Map();
const changed = new Set();

/** The first time all messages of a channel, then only what changed since. */
async function fetchMessages(channel) {
  changed.delete(channel);
  const since = revisions.get(channel);
  const answer = await get(`/messages/${channel}${since ? `?since=${since}` : ''}`);
  revisions.set(channel, answer.rev);
  // The workspace began anew.
  if (answer.rev < since) return (revisions.delete(channel), fetchMessages(channel));
  const known = new Map(since ? state.messages[channel].map((message) => [message.ts, message]) : []);
  for (const message of answer.messages) known.set(message.ts, message);
  for (const ts of answer.removed ?? []) known.delete(ts);
  state.messages = { ...state.messages, [channel]: [...known.values()] };
}

/** What is on the screen counts as read, the open thread included. */
function markRead() {
  const { id, thread } = state.place;
  if (!id || document.hidden) return;
  const last = state.messages[id]?.at(-1)?.ts;
  if (thread) update({ threadsRead: { ...state.threadsRead, [state.me + thread]: last } });
  if (state.unread[state.me]?.[id]) void post('/read', { user: state.me, channel: id });
}

const clients = new Set();

/** The modals of a person; none survives the reload of a client. */
async function fetchViews(user) {
  const { stack } = await get(`/view/${user}`);
  if (clients.has(user)) return stack;
  clients.add(user);
  for (const view of stack.toReversed()) await post('/close-view', { user, viewId: view.id });
  return [];
}

async function fetchHome(user, app) {
  if (state.home === undefined) await post('/home-opened', { user, app });
  return (await get(`/home/${user}`)).view;
}

async function fetchAll() {
  await fetchWorkspace();
  const { me } = state;
  if (!me) return;
  update({ place: locate() });
  const { id, app } = state.place;
  if (id && !state.messages[id] && !channelById(id).isToCome) changed.add(id);
  for (const channel of changed) await fetchMessages(channel);
  const views = await fetchViews(me);
  const home = app && (await fetchHome(me, app));
  if (me === state.me && app === state.place.app) update({ views, home });
  if (state.isTrafficOpen) update({ log: (await get('/log')).entries.slice(-300).reverse() });
  markRead();
}

let last = Promise.resolve();
let isWaiting = false;

/** Fetches all that is shown. Who asks while it runs shares one more run, which sees the newest. */
export function refresh() {
  if (isWaiting) return last;
  isWaiting = true;
  const run = () => ((isWaiting = false), fetchAll());
  last = last.then(run).catch(() => (state.isOffline = true));
  return last;
}

/** Connects to the server and keeps the state fresh; after every (re)connection what was missed is fetched. */
export function start() {
  const source = new EventSource('/_control/events');
  source.onopen = () => {
    for (const channel of revisions.keys()) changed.add(channel);
    void refresh();
  };
  source.onmessage = ({ data }) => {
    const { type, channel, user, text } = JSON.parse(data);
    if (type === 'notice' && user === state.me) toast(text, { tone: 'warning' });
    if (type === 'message') changed.add(channel);
    if (type !== 'log' || state.isTrafficOpen) void refresh();
  };
  source.onerror = () => {
    state.isOffline = true;
    // A dropped connection comes back by itself; a refused one is closed for good.
    if (source.readyState === EventSource.CLOSED) setTimeout(start, 1500);
  };
}

addEventListener('hashchange', arrive);
document.addEventListener('visibilitychange', markRead);
setInterval(() => !document.hidden && !state.isOffline && refresh(), 30_000);
