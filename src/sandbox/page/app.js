import { render } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { html } from './html.js';
import { Modal, Question } from './modal.js';
import { authorOf } from './people.js';
import { Conversation, Home, Thread } from './places.js';
import { Sidebar } from './sidebar.js';
import {
  appById,
  channelById,
  dismissToast,
  hashOf,
  mentions,
  nameOf,
  start,
  state,
  toast,
  useStore,
} from './store.js';
import { TopBar } from './top-bar.js';
import { Traffic } from './traffic.js';

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
      ({ id, text, tone, lines, href }) => html`<div key=${id} class="toast row" data-tone=${tone}>
      <div class="grow"><b>${text}</b>${lines.map((line) => html`<div>${line}</div>`)}</div>
      ${href && html`<a class="btn btn-small" href=${href} onClick=${() => dismissToast(id)}>Open</a>`}
      <button type="button" class="icon-btn" aria-label="Dismiss" onClick=${() => dismissToast(id)}>✕</button>
    </div>`,
    )}
  </div>`;
}

const announced = new Set();

/** Says once who mentioned the acting person in a thread, with the way there. */
function announce(found) {
  const fresh = found.filter(({ message }) => !announced.has(state.me + message.ts));
  if (fresh.length === 0) return;
  for (const { message } of fresh) announced.add(state.me + message.ts);
  const { channel, message } = fresh[0];
  const said = message.text
    .replace(/<@(\w+)>/g, (_, id) => `@${nameOf(id)}`)
    .replace(/<[^|>]*\|([^>]*)>|[*_~`]/g, '$1');
  const more = fresh.length > 1 ? [`and ${fresh.length - 1} more in threads`] : [];
  const text = `${authorOf(message).name} mentioned you: ${said.length > 110 ? `${said.slice(0, 109)}…` : said}`;
  toast(text, { href: hashOf(channel, message.thread_ts), lines: more, tone: 'mention' });
}

function Place({ place, messages, home }) {
  const app = place.kind === 'home' && appById(place.app);
  if (app) return html`<${Home} key=${app.appId} app=${app} view=${home} />`;
  const channel = channelById(place.id);
  if (!channel)
    return html`<main class="empty grow"><b>No conversations yet</b>Add this person to a channel first.</main>`;
  const { thread } = place;
  return html`<${Conversation} channel=${channel} place=${place} messages=${messages[channel.id]} />
    ${
      thread &&
      html`<${Thread} key=${`${state.me} ${thread}`} channel=${channel} ts=${thread}
      messages=${messages[channel.id]} />`
    }`;
}

function App() {
  const {
    ready,
    offline,
    team,
    me,
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
  const found = ready && me ? mentions() : [];
  useEffect(start, []);
  useEffect(() => announce(found), [me, found.length, found[0]?.message.ts]);
  useEffect(() => {
    document.title = `${channelById(place.id)?.name ?? appById(place.app)?.name ?? 'Sandbox'} · ${team.name}`;
  }, [place, team.name]);
  if (!ready || !me)
    return html`<div class="empty"><b>${offline ? 'Waiting for the Sandbox…' : 'Opening…'}</b></div>`;
  return html`<div class="shell col">
    <${TopBar} />
    ${offline && html`<div class="toast" role="alert">Connection lost. Trying again…</div>`}
    <div class="columns" data-nav=${navOpen}>
      <${Sidebar} place=${place} mentions=${found} />
      <${Place} place=${place} messages=${messages} home=${home} />
      ${trafficOpen && html`<${Traffic} log=${log} />`}
    </div>
    ${views.slice(-1).map((view) => html`<${Modal} key=${view.id} view=${view} />`)}
    ${question && html`<${Question} question=${question} />`}
    <${Toasts} toasts=${toasts} />
  </div>`;
}

render(html`<${App} />`, document.getElementById('root'));
