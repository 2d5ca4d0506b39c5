import { render } from 'preact';
import { Sidebar, TopBar } from './frame.js';
import { authorOf } from './messages.js';
import { Modal } from './modal.js';
import { Place } from './places.js';
import { appById, channelById, dismiss, hashOf, mentions, nameOf, state, toast } from './store.js';
import { start } from './sync.js';
import { Traffic } from './traffic.js';
import { html, useEffect, useRef } from './ui.js';

/** Notes at the edge of the window. They live in the top layer, so that an open modal doesn't hide them. */
function Toasts() {
  const ref = useRef(null);
  useEffect(() => {
    ref.current.hidePopover();
    if (state.toasts.length > 0) ref.current.showPopover();
  }, [state.toasts.at(-1)?.id]);
  const note = ({ id, text, tone, lines, href }) => html`<div key=${id} class="toast row" data-tone=${tone}>
    <div class="grow"><b>${text}</b>${lines.map((line) => html`<div>${line}</div>`)}</div>
    ${href && html`<a class="btn btn-small" href=${href} onClick=${() => dismiss(id)}>Open</a>`}
    <button type="button" class="icon-btn" aria-label="Dismiss" onClick=${() => dismiss(id)}>✕</button>
  </div>`;
  return html`<div ref=${ref} popover="manual" class="toasts" role="status">${state.toasts.map(note)}</div>`;
}

const announced = new Set();

/** Says once who mentioned the acting person in a thread, with the way there. */
function announce({ channel, message }) {
  if (announced.has(state.me + message.ts)) return;
  announced.add(state.me + message.ts);
  const said = message.text
    .replace(/<@(\w+)>/g, (_, id) => `@${nameOf(id)}`)
    .replace(/<[^|>]*\|([^>]*)>|[*_~`]/g, '$1');
  const text = `${authorOf(message).name} mentioned you: ${said.length > 110 ? `${said.slice(0, 109)}…` : said}`;
  toast(text, { href: hashOf(channel, message.thread_ts), tone: 'mention' });
}

function App() {
  const { id, app } = state.place;
  const found = state.me ? mentions() : [];
  useEffect(start, []);
  useEffect(() => void found.slice(0, 1).forEach(announce), [found[0]?.message.ts]);
  document.title = `${channelById(id)?.name ?? appById(app)?.name ?? 'Sandbox'} · ${state.team.name}`;
  if (!state.me)
    return html`<div class="empty"><b>${state.isOffline ? 'Waiting for the Sandbox…' : 'Opening…'}</b></div>`;
  return html`<${TopBar} />
    ${state.isOffline && html`<div class="toast" role="alert">Connection lost. Trying again…</div>`}
    <div class="columns" data-nav=${state.isNavOpen}>
      <${Sidebar} mentions=${found} /><${Place} />${state.isTrafficOpen && html`<${Traffic} />`}
    </div>
    ${state.views.slice(-1).map((view) => html`<${Modal} key=${view.id} view=${view} />`)}
    <${Toasts} />`;
}

render(html`<${App} />`, document.body);
