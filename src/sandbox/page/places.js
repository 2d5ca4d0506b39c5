import { Blocks } from './blocks.js';
import { Composer } from './composer.js';
import { Scope } from './elements.js';
import { AppBadge, Avatar, MessageList, ThreadMessages } from './messages.js';
import { act, appById, appIn, channelById, directWith, hashOf, nameOf, state, titleOf } from './store.js';
import { go } from './sync.js';
import { MenuButton, html, useEffect, useMemo, useRef } from './ui.js';

/** The name of an app with its tabs. */
function AppHeader({ app, tab }) {
  const current = (name) => (tab === name ? 'page' : undefined);
  const link = (name, href) => html`<a href=${href} aria-current=${current(name)}>${name}</a>`;
  return html`<${Avatar} id=${app.botUserId} name=${app.name} size=${28} /><h1 class="clip">${app.name}</h1><${AppBadge} />
    <nav class="tabs row" aria-label="Tabs of the app">
      ${link('Home', `#app/${app.appId}`)} ${link('Messages', hashOf(directWith(app).id))}
    </nav>`;
}

function ChannelHeader({ channel: { id, name, members, is_private: isPrivate } }) {
  const others = state.users.filter((user) => !members.includes(user.id));
  const invite = (user) => void act('/invite', { channel: id, user });
  const items = others.map((user) => ({ label: `Add ${nameOf(user.id)}`, run: () => invite(user.id) }));
  return html`<h1 class="clip grow"><span class="muted">${isPrivate ? '🔒' : '#'}</span> ${name}</h1>
    <${MenuButton} class="btn btn-small" label=${`${members.length} members`} items=${items} heading=${members.map(nameOf).join(', ')}>👥 ${members.length}<//>`;
}

function Conversation({ channel, at }) {
  const { id } = channel;
  const direct = channel.is_im && html`<h1 class="clip">${titleOf(channel)}</h1>`;
  const header = direct || html`<${ChannelHeader} channel=${channel} />`;
  return html`<main class="col grow" data-conversation=${id}>
    <header class="bar-head row">${appIn(channel) ? html`<${AppHeader} app=${appIn(channel)} tab="Messages" />` : header}</header>
    <${MessageList} key=${state.me + id} channel=${id} messages=${channel.isToCome ? [] : state.messages[id]} at=${at} />
    <${Composer} key=${`write ${state.me} ${id}`} channel=${id} label=${`Message ${titleOf(channel)}`} />
  </main>`;
}

/** A thread beside its channel; over it when the window is narrow. Escape closes it. */
function Thread({ channel, ts }) {
  const ref = useRef(null);
  const close = () => go(hashOf(channel.id));
  useEffect(() => ref.current.querySelector('textarea').focus(), []);
  return html`<aside ref=${ref} class="side-panel col" data-thread=${ts} aria-label="Thread" onKeyDown=${(event) => event.key === 'Escape' && close()}>
    <header class="bar-head row">
      <h2>Thread</h2><span class="muted grow clip">${titleOf(channel)}</span>
      <button type="button" class="icon-btn" aria-label="Close thread" onClick=${close}>✕</button>
    </header>
    <${ThreadMessages} channel=${channel.id} ts=${ts} messages=${state.messages[channel.id]} />
    <${Composer} channel=${channel.id} threadTs=${ts} label="Reply…" />
  </aside>`;
}

/** The App Home of the acting person. */
function Home({ app }) {
  const view = state.home;
  const tell = (action) => act('/interact', { viewId: view.id, action });
  const scope = useMemo(() => ({ state: view?.state, act: tell }), [view]);
  return html`<main class="col grow" data-home=${app.appId}>
    <header class="bar-head row"><${AppHeader} app=${app} tab="Home" /></header>
    <div class="home-scroll"><div class="home">
      ${view === undefined && html`<div class="empty" aria-busy="true">Opening…</div>`}
      ${view === null && html`<div class="empty"><b>Nothing here yet.</b> ${app.name} has no Home for you.</div>`}
      ${view && html`<${Scope.Provider} value=${scope}><${Blocks} key=${state.me} blocks=${view.blocks} /><//>`}
    </div></div>
  </main>`;
}

/** What is in front: a conversation, perhaps with a thread beside it, or an App Home. */
export function Place() {
  const { app, id, thread, at } = state.place;
  if (app) return html`<${Home} key=${app} app=${appById(app)} />`;
  const channel = channelById(id);
  if (!channel)
    return html`<main class="empty grow"><b>No conversations yet.</b> Add this person to a channel first.</main>`;
  return html`<${Conversation} channel=${channel} at=${!thread && at} />
    ${thread && html`<${Thread} key=${state.me + thread} channel=${channel} ts=${thread} />`}`;
}
