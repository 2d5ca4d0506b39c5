import { render } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { Clock } from './clock.js';
import { Home } from './home.js';
import { cx, html } from './html.js';
import { Conversation } from './messages.js';
import { Modals, Question } from './modal.js';
import { Avatar, nameOf } from './people.js';
import { Sidebar } from './sidebar.js';
import { actAs, appById, channelById, dismissToast, loadLog, people, set, start, useStore } from './store.js';
import { Thread } from './thread.js';
import { Traffic, showTraffic } from './traffic.js';

const ActAs = ({ current }) =>
  html`<div class="act-as" role="group" aria-label="Act as">
    <span class="act-label">Act as</span>
    ${people().map(
      (user) =>
        html`<button
          type="button"
          key=${user.id}
          class=${cx('person', user.id === current && 'is-current')}
          data-as=${user.id}
          aria-pressed=${user.id === current}
          title=${`Act as ${nameOf(user.id)}`}
          onClick=${() => actAs(user.id)}
        >
          <${Avatar} id=${user.id} name=${nameOf(user.id)} size=${24} /><span
            >${nameOf(user.id).split(' ')[0]}</span
          >
        </button>`,
    )}
  </div>`;

function toggleTraffic(open) {
  showTraffic(!open);
  if (!open) void loadLog();
}

const TopBar = ({ team, current, now, trafficOpen, navOpen }) =>
  html`<header class="top">
    <button
      type="button"
      class="top-btn burger"
      aria-label="Conversations"
      aria-expanded=${navOpen}
      aria-controls="sidebar"
      onClick=${() => set({ navOpen: !navOpen })}
    >
      ☰
    </button>
    <div class="workspace">
      <span class="logo" aria-hidden="true"></span><b>${team.name}</b><small>Sandbox</small>
    </div>
    <${ActAs} current=${current} />
    <${Clock} now=${now} />
    <button
      type="button"
      class=${cx('top-btn traffic-toggle', trafficOpen && 'is-on')}
      aria-pressed=${trafficOpen}
      data-testid="traffic-toggle"
      title="What just happened"
      aria-label="What just happened"
      onClick=${() => toggleTraffic(trafficOpen)}
    >
      ⇄<span> What just happened</span>
    </button>
  </header>`;

/** Notes at the edge of the window. They live in the top layer, so that an open modal doesn't hide them. */
function Toasts({ toasts }) {
  const ref = useRef(null);
  const newest = toasts.at(-1)?.id;
  useEffect(() => {
    if (newest === undefined) return;
    if (ref.current.matches(':popover-open')) ref.current.hidePopover();
    ref.current.showPopover();
  }, [newest]);
  return html`<div ref=${ref} popover="manual" class="toasts" role="status" aria-live="polite">
    ${toasts.map(
      ({ id, text, tone, lines }) =>
        html`<div key=${id} class="toast" data-tone=${tone}>
          <div><b>${text}</b>${lines.map((line) => html`<div>${line}</div>`)}</div>
          <button type="button" class="icon-btn" aria-label="Dismiss" onClick=${() => dismissToast(id)}>
            ✕
          </button>
        </div>`,
    )}
  </div>`;
}

function Place({ place, messages, home }) {
  if (place.kind === 'home' && appById(place.app))
    return html`<${Home} key=${place.app} app=${appById(place.app)} view=${home} />`;
  if (place.kind === 'channel' && channelById(place.id)) {
    return html`<${Conversation} place=${place} messages=${messages[place.id]} />`;
  }
  return html`<main class="main">
    <div class="empty"><b>No conversations yet</b>Add this person to a channel first.</div>
  </main>`;
}

function App() {
  const {
    ready,
    offline,
    team,
    me,
    now,
    place,
    messages,
    home,
    views,
    log,
    trafficOpen,
    navOpen,
    toasts,
    question,
  } = useStore();
  useEffect(start, []);
  useEffect(() => {
    document.title = `${channelById(place.id)?.name ?? appById(place.app)?.name ?? 'Sandbox'} · ${team.name}`;
  }, [place, team.name]);
  if (!ready || !me)
    return html`<div class="splash">
      <span class="logo"></span>${offline ? 'Waiting for the Sandbox…' : 'Opening…'}
    </div>`;
  const thread = place.kind === 'channel' && place.thread && channelById(place.id);
  return html`<div
    class=${cx('shell', thread && 'has-thread', trafficOpen && 'has-traffic', navOpen && 'nav-open')}
  >
    <${TopBar} team=${team} current=${me} now=${now} trafficOpen=${trafficOpen} navOpen=${navOpen} />
    ${offline && html`<div class="offline" role="alert">Connection lost. Trying again…</div>`}
    <div class="columns">
      <${Sidebar} place=${place} />
      ${navOpen && html`<div class="scrim" onClick=${() => set({ navOpen: false })}></div>`}
      <${Place} place=${place} messages=${messages} home=${home} />
      ${thread && html`<${Thread} place=${place} messages=${messages[place.id]} />`}
      ${trafficOpen && html`<${Traffic} log=${log} />`}
    </div>
    <${Modals} key=${`modals-${me}`} views=${views} />
    ${question && html`<${Question} question=${question} />`}
    <${Toasts} toasts=${toasts} />
  </div>`;
}

render(html`<${App} />`, document.getElementById('root'));
