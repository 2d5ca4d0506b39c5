import { post } from './api.js';
import {
  appOfBot,
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
  if (result.ok === false && trouble) toast(trouble, { tone: 'warning' });
  return result;
}

/** Uses an element: `target` is `{ channel, messageTs }` or `{ viewId, values }`. */
export async function interact(target, action) {
  const result = await post('/interact', { ...target, user: state.me, action });
  const isGone = target.messageTs && [400, 404].includes(result.status);
  return settle(
    isGone ? { ok: false, error: 'That button is no longer there; the message has changed.' } : result,
  );
}

const escape = (text) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

/** Replaces the `@Name` of people by `token(user)`; the longest name wins. */
function replaceNames(text, token) {
  const names = state.users
    .flatMap((user) => [user.real_name, user.name].filter(Boolean).map((name) => [name, token(user)]))
    .sort((a, b) => b[0].length - a[0].length);
  return names.reduce(
    (out, [name, put]) =>
      out.replace(new RegExp(`(?<![^\\s(])@${RegExp.escape?.(name) ?? name}(?![\\w-])`, 'gi'), () => put),
    text,
  );
}

/**
 * What a person typed, as it goes to the server. The server escapes it and marks up links itself, but leaves a text
 * alone that carries markup: with a mention in it, all of it is marked up here.
 */
function encodeMessage(text) {
  const marked = escape(text)
    .replace(/\bhttps?:\/\/[^\s|<>]+[^\s|<>.,;:!?)'"]/g, '<$&>')
    .replace(/(?<![^\s(:;,])[\w.+-]+@[\w-]+(?:\.[\w-]+)+/g, '<mailto:$&|$&>');
  const named = replaceNames(marked, (user) => `<@${user.id}>`).replace(
    /(?<![^\s(])#([\w-]+)/g,
    (whole, name) => {
      const channel = state.channels.find((known) => known.name === name);
      return channel ? `<#${channel.id}|${name}>` : whole;
    },
  );
  return named === marked ? text : named;
}

/** Sends what is in a composer: a command when it begins with one, else a message. Answers whether it was taken. */
export async function send(channel, typed, threadTs) {
  const user = state.me;
  const command = /^\/\S+/.exec(typed)?.[0];
  if (!command) {
    const text = encodeMessage(typed.trim());
    const result = settle(await post('/message', { channel, user, text, thread_ts: threadTs }));
    if (channelById(channel)?.toCome) {
      // The first message opened the direct messages with an app: go on where they are.
      await loadState();
      go(hashOf(directWith(appOfBot(channel)).id));
    }
    return result.ok !== false;
  }
  const isKnown = state.commands.some((known) => known.command === command);
  if (!isKnown || threadTs) {
    const why = isKnown ? 'is not supported in threads. Sorry!' : 'is not a valid command.';
    toast(`${command} ${why}`, { tone: 'warning' });
    return false;
  }
  const text = replaceNames(typed.slice(command.length).trim(), ({ name }) => `@${name}`);
  void post('/command', { channel, user, command, text }).then(settle);
  return true;
}

const runShortcut = ({ callback_id: callbackId }, target) =>
  post('/shortcut', { user: state.me, callbackId, ...target }).then(settle);

/** The shortcuts of a type (`message` or `global`) as items of a menu. */
export const shortcutItems = (type, target) =>
  state.shortcuts
    .filter((shortcut) => shortcut.type === type)
    .map((shortcut) => ({
      label: shortcut.name,
      hint: shortcut.description,
      'data-callback-id': shortcut.callback_id,
      run: () => void runShortcut(shortcut, target),
    }));

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

/** Moves the workspace's clock (`1h`, `1d`, `1w`, `morning`) and says what happened on the way. */
export async function moveClock(by) {
  const result = await post('/clock', by === 'morning' ? { until: 'next-working-morning' } : { forward: by });
  if (result.ok === false) return toast(`The clock did not move: ${result.error}`, { tone: 'warning' });
  set({ now: result.now });
  toast('Time moved on', { lines: result.summary?.length ? result.summary : ['Nothing was due.'] });
  await loadState();
}

export const invite = (channel, user) => post('/invite', { channel, user }).then(settle);

/** Sets the one thing that goes wrong from now on, `times` times. Without a method it concerns events. */
export async function injectFault(method, kind, times) {
  const result = settle(await post('/faults', [{ ...(method && { match: { method } }), do: kind, times }]));
  if (result.ok !== false) toast(`${method ?? 'Events'}: ${kind}, ${times}×`);
}

/** Suggestions for a composer: commands while one is being typed, people and channels after `@` and `#`. */
export function suggestions(text, caret) {
  const before = text.slice(0, caret);
  if (/^\/\S*$/.test(before)) {
    const found = state.commands.filter(({ command }) => command.startsWith(before));
    return found.map((known) => ({ ...known, from: 0, insert: `${known.command} `, title: known.command }));
  }
  const [, sign, typed] = /(?:^|\s)([@#])([\w.-]*)$/.exec(before) ?? [];
  if (!sign) return [];
  const names =
    sign === '@'
      ? people().map((user) => user.real_name ?? user.name)
      : state.channels.map(({ name }) => name);
  const starts = (part) => part.toLowerCase().startsWith(typed.toLowerCase());
  return names
    .filter((name) => name && [name, ...name.split(/[\s-]/)].some(starts))
    .sort((a, b) => starts(b) - starts(a))
    .slice(0, 8)
    .map((title) => ({ title, from: caret - typed.length - 1, insert: `${sign}${title} ` }));
}
