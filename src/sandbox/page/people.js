import { html } from './html.js';
import { Emoji } from './emoji.js';
import { state, userById } from './store.js';

const COLOURS = [
  '#7c4dbe',
  '#1d7a8c',
  '#b3541e',
  '#2f6f4f',
  '#a13a5f',
  '#3f5bb5',
  '#8a6d1d',
  '#4f5d75',
  '#96413a',
  '#22769c',
];

/** People and apps of the workspace get different colours as long as there are enough; others one by their id. */
const colourOf = (id) => {
  const user = state.apps.find((app) => app.botId === id)?.botUserId ?? id;
  const at = state.users.findIndex((known) => known.id === user);
  let sum = 7;
  for (const letter of id ?? '') sum = (sum * 31 + letter.charCodeAt(0)) >>> 0;
  return COLOURS[(at < 0 ? sum : at) % COLOURS.length];
};

const initials = (name) => {
  const words = (name ?? '?').split(/[\s._-]+/).filter(Boolean);
  return ((words[0]?.[0] ?? '?') + (words[1]?.[0] ?? '')).toUpperCase();
};

export const nameOf = (id) => userById(id)?.real_name || userById(id)?.name || id || 'Someone';

/** Who wrote a message, as the list shows it: `{ id, name, isApp, icon }`. */
export function authorOf(message) {
  const app = state.apps.find((known) => known.botId === message.bot_id || known.botUserId === message.user);
  const name = message.username ?? message.bot_profile?.name ?? app?.name;
  if (message.bot_id || message.subtype === 'bot_message' || app) {
    return {
      id: message.bot_id ?? app?.botUserId ?? name,
      name: name ?? nameOf(message.user),
      isApp: true,
      icon: message.icons,
    };
  }
  return { id: message.user, name: nameOf(message.user), isApp: Boolean(userById(message.user)?.is_bot) };
}

/** A square with initials, coloured by id so that a person looks the same everywhere. */
export function Avatar({ id, name, size = 36, icon, isApp }) {
  const style = `--size:${size}px;background:${colourOf(id)}`;
  const emoji = /^:([\w+-]+):$/.exec(icon?.emoji ?? '')?.[1];
  return html`<span class=${isApp ? 'avatar is-app' : 'avatar'} style=${style} aria-hidden="true">
    ${emoji ? html`<${Emoji} name=${emoji} />` : initials(name)}
  </span>`;
}
