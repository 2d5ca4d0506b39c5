import { Emoji } from './emoji.js';
import { html } from './html.js';
import { appOfBot, nameOf, state, userById } from './store.js';

const COLOURS = '#7c4dbe #1d7a8c #b3541e #2f6f4f #a13a5f #3f5bb5 #8a6d1d #4f5d75 #96413a #22769c'.split(' ');

/** People and apps of the workspace get different colours as long as there are enough; others one by their id. */
function colourOf(id = '') {
  const user = state.apps.find((app) => app.botId === id)?.botUserId ?? id;
  const at = state.users.findIndex((known) => known.id === user);
  const sum = [...id].reduce((total, letter) => total + letter.charCodeAt(0), 0);
  return COLOURS[(at < 0 ? sum : at) % COLOURS.length];
}

/** Who wrote a message, as the list shows it: `{ id, name, isApp, icon }`. */
export function authorOf(message) {
  const app = state.apps.find((known) => known.botId === message.bot_id) ?? appOfBot(message.user);
  if (!message.bot_id && message.subtype !== 'bot_message' && !app)
    return { id: message.user, name: nameOf(message.user), isApp: Boolean(userById(message.user)?.is_bot) };
  const name = message.username ?? message.bot_profile?.name ?? app?.name ?? nameOf(message.user);
  return { id: message.bot_id ?? app?.botUserId ?? name, name, isApp: true, icon: message.icons };
}

/** A square with initials, coloured by id so that a person looks the same everywhere. */
export function Avatar({ id, name = nameOf(id), size = 36, icon, isApp }) {
  const emoji = /^:([\w+-]+):$/.exec(icon?.emoji ?? '')?.[1];
  const initials = name
    .split(/[\s._-]+/)
    .filter(Boolean)
    .slice(0, 2)
    .map((word) => word[0])
    .join('');
  return html`<span class=${isApp ? 'avatar is-app' : 'avatar'} aria-hidden="true"
    style=${`--size:${size}px;background:${colourOf(id)}`}
    >${emoji ? html`<${Emoji} name=${emoji} />` : initials.toUpperCase()}</span>`;
}

export const AppBadge = () => html`<span class="badge box muted">APP</span>`;
