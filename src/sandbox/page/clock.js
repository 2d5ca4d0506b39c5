import { useState } from 'preact/hooks';
import { moveClock } from './actions.js';
import { cx, html } from './html.js';
import { zone } from './store.js';
import { clockDate, timeOf } from './time.js';

const MOVES = [
  ['1h', '+1 h', 'One hour later'],
  ['1d', '+1 day', 'One day later'],
  ['morning', 'Next working morning', 'To the start of the next working day'],
  ['1w', '+1 week', 'One week later'],
];

/** The workspace's clock in the acting person's zone, and the buttons that move it. */
export function Clock({ now }) {
  const [moving, setMoving] = useState(null);
  const move = async (by) => {
    if (moving) return;
    setMoving(by);
    await moveClock(by).finally(() => setMoving(null));
  };
  return html`<div class="clock" role="group" aria-label="The workspace’s clock">
    <time class="clock-time" datetime=${new Date(now).toISOString()} title=${zone()} data-testid="clock">
      <b>${timeOf(now, zone())}</b><span>${clockDate(now, zone())}</span></time
    >
    <div class="clock-moves">
      ${MOVES.map(
        ([by, label, title]) =>
          html`<button
            type="button"
            class=${cx('top-btn', moving === by && 'is-busy')}
            data-forward=${by}
            title=${title}
            aria-busy=${moving === by}
            disabled=${moving !== null && moving !== by}
            onClick=${() => void move(by)}
          >
            <span>${label}</span>
          </button>`,
      )}
    </div>
  </div>`;
}
