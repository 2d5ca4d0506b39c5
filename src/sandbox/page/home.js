import { useMemo } from 'preact/hooks';
import { interact } from './actions.js';
import { Blocks } from './blocks.js';
import { html } from './html.js';
import { Avatar } from './people.js';
import { Scope } from './scope.js';
import { directWith, hashOf, state } from './store.js';

/** The name of an app with its tabs. */
export function AppHeader({ app, tab }) {
  const direct = directWith(app);
  const current = (name) => (tab === name ? 'page' : undefined);
  return html` <${Avatar} id=${app.botId} name=${app.name} size=${28} isApp />
    <h1>${app.name}</h1>
    <span class="badge-app">APP</span>
    <nav class="tabs" aria-label="Tabs of the app">
      <a href=${`#app/${app.appId}`} aria-current=${current('home')} data-tab="home">Home</a>
      <a href=${hashOf(direct.id)} aria-current=${current('messages')} data-tab="messages">Messages</a>
    </nav>`;
}

/** The App Home of the acting person. `undefined` is on its way, `null` was never published. */
export function Home({ app, view }) {
  const scope = useMemo(
    () => ({ form: null, act: (action) => interact({ viewId: view.id }, action) }),
    [view?.id],
  );
  return html`<main class="main" data-home=${app.appId}>
    <header class="main-head"><${AppHeader} app=${app} tab="home" /></header>
    <div class="home-scroll">
      <div class="home">
        ${view === undefined && html`<div class="empty" aria-busy="true">Opening…</div>`}
        ${view === null && html`<div class="empty"><b>Nothing here yet</b>${app.name} has no Home for you.</div>`}
        ${view && html`<${Scope.Provider} value=${scope}><${Blocks} key=${state.me} blocks=${view.blocks} /><//>`}
      </div>
    </div>
  </main>`;
}
