import { useState } from 'preact/hooks';
import { moveClock } from './actions.js';
import { cx, html } from './html.js';
import { Avatar } from './people.js';
import { actAs, nameOf, people, set, state, zone } from './store.js';
import { clockDate, timeOf } from './time.js';
import { showTraffic } from './traffic.js';

const ActAs = () => html`<div class="act-as row grow" role="group" aria-label="Act as">
  <span class="wide-only">Act as</span>
  ${people().map(
    ({ id }) => html`<button type="button" key=${id} class="row person" data-as=${id}
    aria-pressed=${id === state.me} title=${`Act as ${nameOf(id)}`} onClick=${() => actAs(id)}>
    <${Avatar} id=${id} size=${24} />${nameOf(id).split(' ')[0]}
  </button>`,
  )}
</div>`;

const MOVES = [
  ['1h', '+1 h', 'One hour later'],
  ['1d', '+1 day', 'One day later'],
  ['morning', 'Next morning', 'To the start of the next working day'],
  ['1w', '+1 week', 'One week later'],
];

/** The workspace's clock in the acting person's zone, and the buttons that move it; folded up in a narrow window. */
function Clock() {
  const [moving, setMoving] = useState(null);
  const [isOpen, setOpen] = useState(false);
  const move = async (by) => {
    if (moving) return;
    setMoving(by);
    await moveClock(by).finally(() => setMoving(null));
  };
  return html`
    <time class="clock" datetime=${new Date(state.now).toISOString()} title=${zone()} data-testid="clock">
      <b>${timeOf(state.now, zone())}</b> <small>${clockDate(state.now, zone())}</small></time>
    <button type="button" class="narrow-only" aria-label="Move the clock" aria-expanded=${isOpen}
      onClick=${() => setOpen(!isOpen)}>⏩</button>
    <div class=${cx('row moves', isOpen && 'is-open')} role="group" aria-label="Move the clock">
      ${MOVES.map(
        ([by, label, title]) => html`<button type="button" data-forward=${by} title=${title}
        class=${cx(moving === by && 'is-busy')} aria-busy=${moving === by}
        disabled=${moving !== null && moving !== by} onClick=${() => void move(by)}>${label}</button>`,
      )}
    </div>`;
}

/** The workspace's name, who acts, the clock, and the switch of the traffic panel. */
export const TopBar = () => html`<header class="top row">
  <button type="button" class="narrow-only" aria-label="Conversations" aria-expanded=${state.navOpen}
    aria-controls="sidebar" onClick=${() => set({ navOpen: !state.navOpen })}>☰</button>
  <img src=${document.querySelector('link[rel=icon]').href} width="22" alt="" /><b class="clip workspace">${state.team.name}</b>
  <${ActAs} />
  <${Clock} />
  <button type="button" aria-pressed=${state.trafficOpen} data-testid="traffic-toggle"
    title="What just happened" aria-label="What just happened" onClick=${() => showTraffic(!state.trafficOpen)}
    >⇄<span class="wide-only"> What just happened</span></button>
</header>`;
