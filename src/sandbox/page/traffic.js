import { useState } from 'preact/hooks';
import { clearFaults, injectFault, reset } from './actions.js';
import { cx, html } from './html.js';
import { nameOf } from './people.js';
import { ask, channelById, set, userById, zone } from './store.js';
import { clockDate, timeOf } from './time.js';

const METHODS = [
  'chat.postMessage',
  'chat.update',
  'chat.postEphemeral',
  'views.open',
  'views.update',
  'views.publish',
  'conversations.open',
  'conversations.history',
  'conversations.replies',
  'files.completeUploadExternal',
];

/** The names are the server's; the words are for people. */
const CALL_FAULTS = [
  ['drop', 'lose it and never answer'],
  ['apply_then_timeout', 'do it, then never answer'],
  ['apply_then_503', 'do it, then answer 503'],
  ['apply_then_fatal_error', 'do it, then answer fatal_error'],
  ['apply_late', 'do it late'],
  ['ratelimit', 'refuse: too many requests (429)'],
  ['internal_error', 'answer internal_error'],
  ['html_200', 'answer a web page with status 200'],
  ['lagging_history', 'hide the newest messages'],
];
const EVENT_FAULTS = [
  ['event_twice', 'deliver it twice'],
  ['event_retry', 'deliver it again as a retry'],
  ['cut_socket', 'cut the connection'],
];
const ANY_EVENT = 'any event';

function Faults() {
  const [method, setMethod] = useState(METHODS[0]);
  const [chosen, setKind] = useState('drop');
  const [times, setTimes] = useState(1);
  const faults = method === ANY_EVENT ? EVENT_FAULTS : CALL_FAULTS;
  const kind = faults.some(([name]) => name === chosen) ? chosen : faults[0][0];
  const pick = (setter) => (event) => setter(event.currentTarget.value);
  const apply = (event) => {
    event.preventDefault();
    void injectFault(method === ANY_EVENT ? undefined : method, kind, Number(times));
  };
  return html`<details class="faults">
    <summary>Faults: what if Slack misbehaves?</summary>
    <form onSubmit=${apply}>
      <label
        >When the app calls (or gets)
        <select value=${method} onChange=${pick(setMethod)} name="method">
          ${[...METHODS, ANY_EVENT].map((name) => html`<option value=${name}>${name}</option>`)}
        </select></label
      >
      <label
        >Slack should
        <select value=${kind} onChange=${pick(setKind)} name="fault">
          ${faults.map(([name, words]) => html`<option value=${name}>${words}</option>`)}
        </select></label
      >
      <label
        >How often
        <input type="number" min="1" max="99" value=${times} onInput=${pick(setTimes)} name="times"
      /></label>
      <div class="row">
        <button class="btn btn-small btn-primary" type="submit"><span>Set</span></button>
        <button class="btn btn-small" type="button" onClick=${() => void clearFaults()}>All off</button>
      </div>
    </form>
  </details>`;
}

const json = (value) => (typeof value === 'string' ? value : JSON.stringify(value, null, 2));

const KINDS = {
  event: 'Event',
  block_actions: 'Click',
  slash_command: 'Command',
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
    return channel ? (channel.is_im ? 'direct message' : `#${channel.name}`) : id;
  });

function Entry({ entry }) {
  const toApp = entry.direction === 'to_app';
  const [open, setOpen] = useState(false);
  return html`<li
    class=${cx('traffic-entry', entry.ok === false && 'is-bad')}
    data-kind=${entry.kind}
    data-direction=${entry.direction}
  >
    <details onToggle=${(event) => setOpen(event.currentTarget.open)}>
      <summary>
        <span class=${cx('arrow', toApp && 'is-in')} title=${toApp ? 'Slack → app' : 'app → Slack'}
          >${toApp ? '→ app' : '← app'}</span
        >
        <span class="traffic-text"><b>${KINDS[entry.kind] ?? entry.kind}</b> ${readable(entry.summary)}</span>
        <span class="traffic-meta">
          ${entry.ok === false && html`<span class="bad">failed</span>`}${Math.round(entry.ms ?? 0)} ms
        </span>
      </summary>
      ${
        open &&
        html`<h4>Sent</h4>
          <pre>${json(entry.payload)}</pre>
          ${
            entry.response !== undefined &&
            html`<h4>Answer</h4>
              <pre>${json(entry.response)}</pre>`
          }`
      }
    </details>
  </li>`;
}

const startOver = async () => {
  const yes = await ask({
    title: { text: 'Start over?' },
    text: {
      type: 'plain_text',
      text: 'The workspace’s messages go back to the beginning. The clock stays, and so does what the app has stored.',
    },
    confirm: { text: 'Start over' },
    deny: { text: 'Keep everything' },
    style: 'danger',
  });
  if (yes) await reset();
};

/** What went between the app and Slack, newest first. */
export function Traffic({ log }) {
  let minute = '';
  return html`<aside class="side-panel traffic" aria-label="What just happened">
    <header class="main-head">
      <h2>What just happened</h2>
      <span class="spacer"></span>
      <button type="button" class="icon-btn" aria-label="Close the panel" onClick=${() => showTraffic(false)}>
        ✕
      </button>
    </header>
    <div class="scroll" tabindex="0">
      <${Faults} />
      ${log.length === 0 && html`<div class="empty">Nothing yet. Every event, click and call will show up here.</div>`}
      <ol class="traffic-list">
        ${log.map((entry, index) => {
          const label = `${clockDate(entry.at, zone())}, ${timeOf(entry.at, zone())}`;
          const fresh = label !== minute;
          minute = label;
          return [
            fresh && html`<li class="traffic-minute" key=${`m-${label}`}>${label}</li>`,
            html`<${Entry} key=${log.length - index} entry=${entry} />`,
          ];
        })}
      </ol>
    </div>
    <footer class="traffic-foot">
      <button type="button" class="btn btn-small btn-danger" onClick=${() => void startOver()}>
        Start over…
      </button>
    </footer>
  </aside>`;
}

/** Shows or hides the panel and remembers it. */
export function showTraffic(open) {
  localStorage.setItem('sandbox.traffic', open ? '1' : '0');
  set({ trafficOpen: open });
}
