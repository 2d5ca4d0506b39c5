import { cx, html } from './html.js';
import { Avatar, nameOf } from './people.js';
import { conversations, counterpart, hashOf, state, unreadIn } from './store.js';

function Row({ href, current, unread = 0, children, ...attributes }) {
  return html`<li>
    <a
      class=${cx('side-row', unread > 0 && 'is-unread')}
      href=${href}
      aria-current=${current ? 'page' : undefined}
      ...${attributes}
    >
      ${children}
      ${unread > 0 && html`<span class="unread" aria-label=${`${unread} unread`}>${unread > 99 ? '99+' : unread}</span>`}
    </a>
  </li>`;
}

const Group = ({ title, children }) =>
  html`<section aria-label=${title}>
    <h2>${title}</h2>
    <ul>
      ${children}
    </ul>
  </section>`;

/** Channels, direct messages and apps of the acting person. */
export function Sidebar({ place }) {
  const { channels, directs } = conversations();
  const here = (id) => place.kind === 'channel' && place.id === id;
  return html`<nav class="sidebar" aria-label="Conversations" id="sidebar">
    <${Group} title="Channels">
      ${channels.map(
        (channel) =>
          html`<${Row}
            key=${channel.id}
            href=${hashOf(channel.id)}
            current=${here(channel.id)}
            unread=${unreadIn(channel.id)}
            data-channel=${channel.id}
            ><span class="side-mark" aria-hidden="true">${channel.is_private ? '🔒' : '#'}</span
            ><span class="side-name">${channel.name}</span><//
          >`,
      )}
    <//>
    <${Group} title="Direct messages">
      ${directs.map((channel) => {
        const other = counterpart(channel);
        const name = other.app?.name ?? nameOf(other.id);
        return html`<${Row}
          key=${channel.id}
          href=${hashOf(channel.id)}
          current=${here(channel.id)}
          unread=${unreadIn(channel.id)}
          data-channel=${channel.id}
          ><${Avatar} id=${other.app?.botId ?? other.id} name=${name} size=${20} isApp=${other.app} /><span
            class="side-name"
            >${name}</span
          ><//
        >`;
      })}
      ${directs.length === 0 && html`<li class="side-empty">None yet</li>`}
    <//>
    <${Group} title="Apps">
      ${state.apps.map(
        (app) =>
          html`<${Row}
            key=${app.appId}
            href=${`#app/${app.appId}`}
            current=${place.kind === 'home' && place.app === app.appId}
            data-app=${app.appId}
            ><${Avatar} id=${app.botId} name=${app.name} size=${20} isApp /><span class="side-name"
              >${app.name}</span
            ><//
          >`,
      )}
    <//>
  </nav>`;
}
