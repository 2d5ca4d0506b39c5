import { post } from './api.js';
import { showTraffic } from './frame.js';
import { act, channelById, nameOf, state, titleOf, toast, userById, zone } from './store.js';
import { clockDate, timeOf } from './time.js';
import { cx, html, useState } from './ui.js';

const words = (name) => name.replaceAll('_', ' ');
const METHODS = [
  'chat.postMessage',
  'chat.update',
  'chat.postEphemeral',
  'views.open',
  'views.update',
  'views.publish',
];
const CALL_FAULTS =
  'drop apply_then_timeout apply_then_503 apply_then_fatal_error apply_late ratelimit internal_error html_200 lagging_history';
const EVENT_FAULTS = 'event_twice event_retry event_late cut_socket';

/** What shall go wrong, how often; without a method it concerns what the app gets. */
function Faults() {
  const [method, setMethod] = useState(METHODS[0]);
  const set = async (event) => {
    event.preventDefault();
    const { fault, times } = event.currentTarget.elements;
    const rule = { do: fault.value, times: Number(times.value), match: method ? { method } : undefined };
    const { ok } = await act('/faults', rule);
    if (ok) toast(`${method || 'Events'}: ${words(fault.value)}, ${times.value}×`);
  };
  const clear = () => post('/faults', []).then(() => toast('All faults are off.'));
  const option = (name) => html`<option value=${name}>${words(name)}</option>`;
  return html`<details class="faults"><summary><b>Faults: what if Slack misbehaves?</b></summary>
    <form onSubmit=${set}>
      <label>When the app calls <select class="input" onChange=${(event) => setMethod(event.currentTarget.value)}>
        ${[...METHODS, 'conversations.history', 'conversations.replies'].map(option)}<option value="">(gets an event)</option></select></label>
      <label>Slack should <select class="input" name="fault">${(method ? CALL_FAULTS : EVENT_FAULTS).split(' ').map(option)}</select></label>
      <label>How often <input class="input" type="number" min="1" max="99" value="1" name="times" /></label>
      <div class="row"><button class="btn btn-small btn-primary">Set</button><button class="btn btn-small" type="button" onClick=${clear}>All off</button></div>
    </form>
  </details>`;
}

/** A summary in words: ids that are known become names. */
const readable = (summary = '') =>
  summary.replace(/\b[A-Z][A-Z0-9]{2,}\b/g, (id) => {
    const channel = channelById(id);
    if (userById(id)) return `@${nameOf(id)}`;
    return channel?.is_im ? 'direct message' : channel ? titleOf(channel) : id;
  });

function Entry({ entry: { at, direction, kind, summary, ms, ok, payload, response } }) {
  const [isOpen, setOpen] = useState(false);
  const isIn = direction === 'to_app';
  const json = (value) =>
    html`<pre>${typeof value === 'string' ? value : JSON.stringify(value, null, 2)}</pre>`;
  const payloads = () =>
    html`<div class="pad"><small>Sent</small>${json(payload)}<small>Answer</small>${json(response)}</div>`;
  return html`<details data-kind=${kind} onToggle=${(event) => setOpen(event.currentTarget.open)}>
    <summary class="row small">
      <span class=${cx('arrow', isIn && 'is-in')} title=${isIn ? 'Slack → app' : 'app → Slack'}>${isIn ? '→' : '←'} app</span>
      <span class="grow"><b>${words(kind)}</b> ${readable(summary)}</span>
      <small title=${clockDate(at, zone())}>${ok === false && html`<b class="bad">failed</b> `}${ms} ms · ${timeOf(at, zone())}</small>
    </summary>${isOpen && payloads()}
  </details>`;
}

async function startOver() {
  if (!confirm('Start over? The messages go back to the beginning; the clock and the app’s data stay.'))
    return;
  await post('/reset');
  location.reload();
}

/** What went between the app and Slack, newest first. */
export const Traffic = () => html`<aside class="side-panel traffic col" aria-label="What just happened">
  <header class="bar-head row"><h2 class="grow">What just happened</h2>
    <button class="icon-btn" aria-label="Close the panel" onClick=${() => showTraffic(false)}>✕</button></header>
  <div class="home-scroll" tabindex="0"><${Faults} />
    ${state.log.map((entry, index, all) => html`<${Entry} key=${all.length - index} entry=${entry} />`)}
    ${state.log.length === 0 && html`<div class="empty">Nothing yet. Every event, click and call will show up here.</div>`}
  </div>
  <footer class="modal-foot row"><button class="btn btn-small btn-danger" onClick=${startOver}>Start over…</button></footer>
</aside>`;
