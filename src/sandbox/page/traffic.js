import { useState } from 'preact/hooks';
import { injectFault } from './actions.js';
import { post } from './api.js';
import { cx, html } from './html.js';
import { ask, channelById, loadLog, nameOf, set, titleOf, toast, userById, zone } from './store.js';
import { clockDate, timeOf } from './time.js';

const METHODS = [
  ...['chat.postMessage', 'chat.update', 'chat.postEphemeral', 'views.open', 'views.update', 'views.publish'],
  ...['conversations.open', 'conversations.history', 'conversations.replies', 'files.completeUploadExternal'],
];
const ANY_EVENT = 'any event';

/** The names are the server's; the words are for people. */
const CALL_FAULTS = {
  drop: 'lose it and never answer',
  apply_then_timeout: 'do it, then never answer',
  apply_then_503: 'do it, then answer 503',
  apply_then_fatal_error: 'do it, then answer fatal_error',
  apply_late: 'do it late',
  ratelimit: 'refuse: too many requests (429)',
  internal_error: 'answer internal_error',
  html_200: 'answer a web page with status 200',
  lagging_history: 'hide the newest messages',
};
const EVENT_FAULTS = {
  event_twice: 'deliver it twice',
  event_retry: 'deliver it again as a retry',
  cut_socket: 'cut the connection',
};

function Faults() {
  const [method, setMethod] = useState(METHODS[0]);
  const onSubmit = (event) => {
    event.preventDefault();
    const { fault, times } = event.currentTarget.elements;
    void injectFault(method === ANY_EVENT ? undefined : method, fault.value, Number(times.value));
  };
  const clear = () => void post('/faults', []).then(() => toast('All faults are off.'));
  const options = (entries) =>
    entries.map(([value, words]) => html`<option value=${value}>${words}</option>`);
  return html`<details class="faults">
    <summary><b>Faults: what if Slack misbehaves?</b></summary>
    <form onSubmit=${onSubmit}>
      <label>When the app calls (or gets)
        <select class="input" name="method" value=${method} onChange=${(event) => setMethod(event.currentTarget.value)}
          >${options([...METHODS, ANY_EVENT].map((name) => [name, name]))}</select></label>
      <label>Slack should <select class="input" name="fault" key=${method === ANY_EVENT}
          >${options(Object.entries(method === ANY_EVENT ? EVENT_FAULTS : CALL_FAULTS))}</select></label>
      <label>How often <input class="input" type="number" min="1" max="99" value="1" name="times" /></label>
      <div class="row"><button class="btn btn-small btn-primary">Set</button>
        <button class="btn btn-small" type="button" onClick=${clear}>All off</button></div>
    </form>
  </details>`;
}

const KINDS = {
  event: 'Event',
  block_actions: 'Click',
  slash_commands: 'Command',
  view_submission: 'Form sent',
  view_closed: 'Form closed',
  shortcut: 'Shortcut',
  message_action: 'Message shortcut',
};

/** A summary in words: ids that are known become names. */
const readable = (summary = '') =>
  summary.replace(/\b[A-Z][A-Z0-9]{2,}\b/g, (id) => {
    if (userById(id)) return `@${nameOf(id)}`;
    const channel = channelById(id);
    return channel?.is_im ? 'direct message' : channel ? titleOf(channel) : id;
  });

function Entry({ entry: { direction, kind, summary, ms, ok, payload, response } }) {
  const [isOpen, setOpen] = useState(false);
  const isIn = direction === 'to_app';
  const json = (value) => (typeof value === 'string' ? value : JSON.stringify(value, null, 2));
  return html`<details data-kind=${kind} data-direction=${direction} onToggle=${(event) => setOpen(event.currentTarget.open)}>
    <summary class="row small">
      <span class=${cx('arrow', isIn && 'is-in')} title=${isIn ? 'Slack → app' : 'app → Slack'}>${isIn ? '→' : '←'} app</span>
      <span class="grow"><b>${KINDS[kind] ?? kind}</b> ${readable(summary)}</span>
      <small>${ok === false && html`<b class="bad">failed </b>`}${ms} ms</small>
    </summary>
    ${
      isOpen &&
      html`<div class="pad"><small>Sent</small><pre>${json(payload)}</pre>
      ${response !== undefined && html`<small>Answer</small><pre>${json(response)}</pre>`}</div>`
    }
  </details>`;
}

async function startOver() {
  const yes = await ask({
    title: { text: 'Start over?' },
    text: {
      text: 'The workspace’s messages go back to the beginning. The clock stays, and so does what the app has stored.',
    },
    confirm: { text: 'Start over' },
    deny: { text: 'Keep everything' },
    style: 'danger',
  });
  if (!yes) return;
  await post('/reset');
  location.reload();
}

/** What went between the app and Slack, newest first. */
export function Traffic({ log }) {
  const minuteOf = ({ at }) => `${clockDate(at, zone())}, ${timeOf(at, zone())}`;
  return html`<aside class="side-panel traffic col" aria-label="What just happened">
    <header class="bar-head row"><h2 class="grow">What just happened</h2>
      <button type="button" class="icon-btn" aria-label="Close the panel" onClick=${() => showTraffic(false)}>✕</button>
    </header>
    <div class="scroll" tabindex="0">
      <${Faults} />
      ${log.length === 0 && html`<div class="empty">Nothing yet. Every event, click and call will show up here.</div>`}
      ${log.map((entry, index) => {
        const isFirst = index === 0 || minuteOf(log[index - 1]) !== minuteOf(entry);
        return [
          isFirst && html`<div class="minute muted small" key=${minuteOf(entry)}>${minuteOf(entry)}</div>`,
          html`<${Entry} key=${log.length - index} entry=${entry} />`,
        ];
      })}
    </div>
    <footer class="modal-foot row">
      <button type="button" class="btn btn-small btn-danger" onClick=${() => void startOver()}>Start over…</button>
    </footer>
  </aside>`;
}

/** Shows or hides the panel and remembers it. */
export function showTraffic(open) {
  localStorage.setItem('sandbox.traffic', open ? '1' : '0');
  set({ trafficOpen: open });
  if (open) void loadLog();
}
