import { html } from './html.js';
import { Avatar } from './people.js';
import { conversations, directWith, hashOf, state, titleOf, unreadIn } from './store.js';

const Row = ({
  href,
  current,
  unread = 0,
  icon,
  name,
  ...attributes
}) => html`<a class="side-row row" href=${href}
  data-unread=${unread > 0 || undefined} aria-current=${current ? 'page' : undefined} ...${attributes}>
  <span class="side-mark" aria-hidden="true">${icon}</span><span class="grow clip">${name}</span>
  ${unread > 0 && html`<span class="unread" aria-label=${`${unread} unread`}>${unread > 99 ? '99+' : unread}</span>`}
</a>`;

const Group = ({ title, children }) =>
  html`<section aria-label=${title}><h2>${title}</h2>${children}</section>`;

/** Where the acting person can go. `mentions` are the thread replies that wait for them, newest first. */
export function Sidebar({ place, mentions }) {
  const { channels, directs } = conversations();
  const isHere = (id) => place.kind === 'channel' && place.id === id;
  const row = (
    channel,
    icon,
    name,
  ) => html`<${Row} key=${channel.id} href=${hashOf(channel.id)} icon=${icon} name=${name}
    current=${isHere(channel.id)} unread=${unreadIn(channel.id)} data-channel=${channel.id} />`;
  const [newest] = mentions;
  return html`<nav class="sidebar" aria-label="Conversations" id="sidebar">
    ${
      newest &&
      html`<${Row} href=${hashOf(newest.channel, newest.message.thread_ts)} icon="💬" name="Threads"
      unread=${mentions.length} data-threads="" />`
    }
    <${Group} title="Channels">
      ${channels.map((channel) => row(channel, channel.is_private ? '🔒' : '#', channel.name))}
    <//>
    ${
      directs.length > 0 &&
      html`<${Group} title="Direct messages">
      ${directs.map((channel) => {
        const other = channel.members.find((id) => id !== state.me);
        return row(channel, html`<${Avatar} id=${other} size=${20} />`, titleOf(channel));
      })}
    <//>`
    }
    <${Group} title="Apps">
      ${state.apps.map((app) => {
        const { id } = directWith(app);
        const unread = unreadIn(id);
        return html`<${Row} key=${app.appId} href=${unread > 0 ? hashOf(id) : `#app/${app.appId}`} name=${app.name}
          icon=${html`<${Avatar} id=${app.botId} name=${app.name} size=${20} isApp />`} unread=${unread}
          current=${isHere(id) || (place.kind === 'home' && place.app === app.appId)} data-app=${app.appId} />`;
      })}
    <//>
  </nav>`;
}
