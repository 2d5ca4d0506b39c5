import { useEffect, useMemo, useRef } from 'preact/hooks';
import { interact, invite } from './actions.js';
import { Blocks } from './blocks.js';
import { Composer } from './composer.js';
import { html } from './html.js';
import { List, Message, repliesText, useStickyScroll } from './messages.js';
import { AppBadge, Avatar } from './people.js';
import { MenuButton } from './popover.js';
import { Scope } from './scope.js';
import { appIn, directWith, go, hashOf, isVisible, nameOf, state, titleOf } from './store.js';

/** The name of an app with its tabs. */
function AppHeader({ app, tab }) {
  const link = (name, label, href) =>
    html`<a href=${href} aria-current=${tab === name ? 'page' : undefined} data-tab=${name}>${label}</a>`;
  return html`<${Avatar} id=${app.botId} name=${app.name} size=${28} isApp /><h1 class="clip">${app.name}</h1><${AppBadge} />
    <nav class="tabs row" aria-label="Tabs of the app">
      ${link('home', 'Home', `#app/${app.appId}`)} ${link('messages', 'Messages', hashOf(directWith(app).id))}
    </nav>`;
}

function ChannelHeader({ channel }) {
  if (appIn(channel)) return html`<${AppHeader} app=${appIn(channel)} tab="messages" />`;
  if (channel.is_im) return html`<h1 class="clip">${titleOf(channel)}</h1>`;
  const { members } = channel;
  const others = state.users.filter(({ id }) => !members.includes(id));
  const items = others.map((user) => ({
    label: `Add ${nameOf(user.id)}`,
    hint: user.is_bot ? 'App' : undefined,
    run: () => void invite(channel.id, user.id),
  }));
  return html`<h1 class="clip grow"><span class="muted">${channel.is_private ? '🔒' : '#'}</span> ${channel.name}</h1>
    <${MenuButton} class="btn btn-small" label=${`${members.length} members`} items=${items}
      heading=${members.map(nameOf).join(', ')}>👥 ${members.length}<//>`;
}

/** A conversation: its header, its messages and where one writes. */
export const Conversation = ({
  channel,
  place,
  messages,
}) => html`<main class="col grow" data-conversation=${channel.id}>
  <header class="bar-head row"><${ChannelHeader} channel=${channel} /></header>
  <${List} key=${`${state.me} ${channel.id}`} channel=${channel.id} messages=${messages} at=${!place.thread && place.at} />
  <${Composer} key=${`write ${state.me} ${channel.id}`} channel=${channel.id} label=${`Message ${titleOf(channel)}`} />
</main>`;

/** A thread beside its channel; over it when the window is narrow. Escape closes it. */
export function Thread({ channel, ts, messages = [] }) {
  const { ref, onScroll } = useStickyScroll();
  const panel = useRef(null);
  const thread = messages.filter((one) => isVisible(one) && (one.ts === ts || one.thread_ts === ts));
  const close = () => go(hashOf(channel.id));
  useEffect(() => panel.current.querySelector('textarea').focus(), []);
  return html`<aside class="side-panel col" data-thread=${ts} aria-label="Thread" ref=${panel}
    onKeyDown=${(event) => event.key === 'Escape' && close()}>
    <header class="bar-head row">
      <h2>Thread</h2><span class="muted grow clip">${titleOf(channel)}</span>
      <button type="button" class="icon-btn" aria-label="Close thread" onClick=${close}>✕</button>
    </header>
    <div class="scroll" ref=${ref} onScroll=${onScroll} tabindex="0" role="log" aria-label="Thread messages">
      <div>
        ${thread.map((message, index) => [
          html`<${Message} key=${message.ts} message=${message} channel=${channel.id} inThread />`,
          index === 0 &&
            thread.length > 1 &&
            html`<div class="bar-head row muted small">${repliesText(thread.length - 1)}</div>`,
        ])}
      </div>
    </div>
    <${Composer} channel=${channel.id} threadTs=${ts} label="Reply…" />
  </aside>`;
}

/** The App Home of the acting person. `undefined` is on its way, `null` was never published. */
export function Home({ app, view }) {
  const scope = useMemo(
    () => ({ form: null, act: (action) => interact({ viewId: view.id }, action) }),
    [view?.id],
  );
  return html`<main class="col grow" data-home=${app.appId}>
    <header class="bar-head row"><${AppHeader} app=${app} tab="home" /></header>
    <div class="scroll"><div class="home">
      ${view === undefined && html`<div class="empty" aria-busy="true">Opening…</div>`}
      ${view === null && html`<div class="empty"><b>Nothing here yet</b>${app.name} has no Home for you.</div>`}
      ${view && html`<${Scope.Provider} value=${scope}><${Blocks} key=${state.me} blocks=${view.blocks} /><//>`}
    </div></div>
  </main>`;
}
