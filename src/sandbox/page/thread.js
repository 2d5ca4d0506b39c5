import { useEffect, useRef } from 'preact/hooks';
import { Composer } from './composer.js';
import { html } from './html.js';
import { Message, stampOf, threadOf, useStickyScroll } from './messages.js';
import { nameOf } from './people.js';
import { channelById, counterpart, go, hashOf, state } from './store.js';

/** A thread beside its channel; over it when the window is narrow. Escape closes it. */
export function Thread({ place, messages }) {
  const { ref, onScroll } = useStickyScroll(place.thread);
  const panel = useRef(null);
  const thread = threadOf(messages ?? [], place.thread);
  const [root, ...replies] = thread;
  const channel = channelById(place.id);
  const close = () => go(hashOf(place.id));

  useEffect(() => {
    panel.current.querySelector('textarea')?.focus();
  }, [place.thread]);

  const row = (message) =>
    html`<${Message} key=${message.ts} message=${message} channel=${place.id} inThread stamp=${stampOf()} />`;
  return html`<aside
    class="side-panel thread"
    data-thread=${place.thread}
    aria-label="Thread"
    ref=${panel}
    onKeyDown=${(event) => event.key === 'Escape' && close()}
  >
    <header class="main-head">
      <h2>Thread</h2>
      <span class="muted">${channel.is_im ? nameOf(counterpart(channel).id) : `#${channel.name}`}</span>
      <span class="spacer"></span
      ><button type="button" class="icon-btn" aria-label="Close thread" onClick=${close}>✕</button>
    </header>
    <div class="scroll" ref=${ref} onScroll=${onScroll} tabindex="0" role="log" aria-label="Thread messages">
      <div class="list">
        ${root && row(root)}
        ${replies.length > 0 && html`<div class="reply-count">${replies.length} ${replies.length === 1 ? 'reply' : 'replies'}</div>`}
        ${replies.map(row)}
      </div>
    </div>
    <${Composer}
      key=${`${state.me}-${place.thread}`}
      channel=${place.id}
      threadTs=${place.thread}
      label="Reply…"
    />
  </aside>`;
}
