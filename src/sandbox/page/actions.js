import { post } from './api.js';
import {
  channelById,
  directWith,
  go,
  hashOf,
  loadState,
  loadViews,
  people,
  set,
  state,
  toast,
} from './store.js';

/** Tells the person when the app did not acknowledge, or when the sandbox refused what they did. */
function settle(result) {
  const trouble = result.notice ?? result.error;
  if (result.ok === false && trouble) toast(trouble, 'warning');
  return result;
}

/** Uses an element: `target` is `{ channel, messageTs }` or `{ viewId, values? }`. */
export const interact = (target, action) =>
  post('/interact', { ...target, user: state.me, action }).then(settle);

const escape = (text) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
const quoteRegex = (text) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

/** Replaces the `@Name` of people by `token(user)`; the longest name wins. */
function replaceNames(text, token) {
  const names = state.users
    .flatMap((user) => [user.real_name, user.name].filter(Boolean).map((name) => [`@${name}`, token(user)]))
    .sort((a, b) => b[0].length - a[0].length);
  return names.reduce(
    (out, [typed, name]) =>
      out.replace(new RegExp(`(^|[\\s(])${quoteRegex(typed)}(?![\\w-])`, 'gi'), (_, lead) => lead + name),
    text,
  );
}

const replaceChannels = (text) =>
  text.replace(/(^|[\s(])#([\w-]+)/g, (whole, lead, name) => {
    const channel = state.channels.find((known) => !known.is_im && known.name === name);
    return channel ? `${lead}<#${channel.id}|${name}>` : whole;
  });

/**
 * What a person typed, as it goes to the server. The server escapes it and marks up links itself, but leaves a text
 * alone that carries markup: with a mention in it, all of it is marked up here.
 */
export function encodeMessage(text) {
  const marked = escape(text)
    .replace(/\bhttps?:\/\/[^\s|<>]+[^\s|<>.,;:!?)'"]/g, '<$&>')
    .replace(/(^|[\s(:;,])([\w.+-]+@[\w-]+(?:\.[\w-]+)+)/g, '$1<mailto:$2|$2>');
  const named = replaceChannels(replaceNames(marked, (user) => `<@${user.id}>`));
  return named === marked ? text : named;
}

/** Sends what is in a composer: a command when it begins with one, else a message. Answers whether it was taken. */
export async function send(channel, text, threadTs) {
  const command = /^\/\S+/.exec(text)?.[0];
  if (!command) {
    const body = {
      channel,
      user: state.me,
      text: encodeMessage(text.trim()),
      ...(threadTs && { thread_ts: threadTs }),
    };
    const result = settle(await post('/message', body));
    if (channelById(channel)?.toCome) await moveToDirect(channel);
    return result.ok !== false;
  }
  if (!state.commands.some((known) => known.command === command)) {
    toast(`${command} is not a valid command.`, 'warning');
    return false;
  }
  if (threadTs) {
    toast(`${command} is not supported in threads. Sorry!`, 'warning');
    return false;
  }
  // The server replaces `@name` itself where the app's manifest wants it.
  const rest = replaceNames(text.slice(command.length).trim(), (user) => `@${user.name}`);
  void post('/command', { channel, user: state.me, command, text: rest }).then(settle);
  return true;
}

/** The first message opened the direct messages with an app: go on where they are. */
async function moveToDirect(botUserId) {
  await loadState();
  const app = state.apps.find((known) => known.botUserId === botUserId);
  if (app) go(hashOf(directWith(app).id));
}

export const runShortcut = (shortcut, target = {}) =>
  post('/shortcut', { user: state.me, callbackId: shortcut.callback_id, ...target }).then(settle);

/** Submits a modal. Answers the errors by block id; empty when it was accepted. */
export async function submitView(viewId, values) {
  const result = settle(await post('/submit', { user: state.me, viewId, values }));
  if (!result.errors) await loadViews();
  return result.errors ?? {};
}

export async function closeView(viewId) {
  set({ views: state.views.filter((view) => view.id !== viewId) });
  await post('/close-view', { user: state.me, viewId });
  await loadViews();
}

const MOVES = {
  '1h': { forward: '1h' },
  '1d': { forward: '1d' },
  '1w': { forward: '1w' },
  morning: { until: 'next-working-morning' },
};

/** Moves the workspace's clock (`1h`, `1d`, `morning`, `1w`) and says what happened on the way. */
export async function moveClock(move) {
  const result = await post('/clock', MOVES[move]);
  if (result.ok === false) return toast(`The clock did not move (${result.error}).`, 'warning');
  set({ now: result.now ?? state.now });
  toast('Time moved on', 'info', result.summary?.length ? result.summary : ['Nothing was due.']);
  await loadState();
}

export const invite = (channel, user) => post('/invite', { channel, user }).then(settle);

/** Sets the one thing that goes wrong from now on, `times` times. Without a method it concerns events. */
export async function injectFault(method, kind, times) {
  const result = settle(await post('/faults', [{ ...(method && { match: { method } }), do: kind, times }]));
  if (result.ok !== false) toast(`${method ?? 'Events'}: ${kind}, ${times}×`);
}

export async function clearFaults() {
  await post('/faults', []);
  toast('All faults are off.');
}

export async function reset() {
  await post('/reset');
  location.reload();
}

/** Suggestions for a composer: commands while one is being typed, people and channels after `@` and `#`. */
export function suggestions(text, caret) {
  const before = text.slice(0, caret);
  if (/^\/\S*$/.test(before)) {
    return state.commands
      .filter((known) => known.command.startsWith(before))
      .map((known) => ({ from: 0, insert: `${known.command} `, title: known.command, ...known }));
  }
  const word = /(?:^|\s)([@#])([\w.-]*)$/.exec(before);
  if (!word) return [];
  const from = caret - word[2].length - 1;
  const query = word[2].toLowerCase();
  const found =
    word[1] === '@'
      ? people().map((user) => ({ title: user.real_name ?? user.name, user }))
      : state.channels.filter((channel) => !channel.is_im).map((channel) => ({ title: channel.name }));
  const rank = ({ title }) => (title.toLowerCase().startsWith(query) ? 0 : 1);
  return found
    .filter(({ title }) =>
      [title, ...title.split(/[\s-]/)].some((part) => part.toLowerCase().startsWith(query)),
    )
    .sort((a, b) => rank(a) - rank(b))
    .slice(0, 8)
    .map((entry) => ({ ...entry, from, insert: `${word[1]}${entry.title} ` }));
}
