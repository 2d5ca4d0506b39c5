import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import { send, shortcutItems, suggestions } from './actions.js';
import { html } from './html.js';
import { MenuButton } from './popover.js';
import { state } from './store.js';

const drafts = new Map();

/** Where one writes: Enter sends, Shift+Enter breaks the line, `/`, `@` and `#` suggest. Drafts stay per conversation. */
export function Composer({ channel, threadTs, label }) {
  const place = threadTs ? 'thread' : 'channel';
  const draft = `${state.me} ${channel} ${threadTs ?? ''}`;
  const [text, setText] = useState(drafts.get(draft) ?? '');
  const [found, setFound] = useState([]);
  const [active, setActive] = useState(0);
  const ref = useRef(null);
  const listId = `suggest-${place}`;

  useLayoutEffect(() => {
    ref.current.style.height = 'auto';
    ref.current.style.height = `${Math.min(ref.current.scrollHeight, 220)}px`;
  }, [text]);

  const type = (next, caret = next.length) => {
    drafts.set(draft, next);
    setText(next);
    setFound(suggestions(next, caret));
    setActive(0);
  };
  const take = ({ from, insert }) => {
    type(text.slice(0, from) + insert + text.slice(ref.current.selectionStart).trimStart());
    setFound([]);
    ref.current.focus();
  };
  const submit = async () => {
    if (!text.trim()) return;
    type('');
    if (!(await send(channel, text.trimEnd(), threadTs))) type(text);
  };
  /** What a key does while suggestions are open; a command typed in full is sent by Enter, not completed. */
  const suggestKey = (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) return () => setActive((active + step + found.length) % found.length);
    if (event.key === 'Escape') return () => (event.stopPropagation(), setFound([]));
    const isWhole = event.key === 'Enter' && found[active].title === text.trim();
    if (['Enter', 'Tab'].includes(event.key) && !event.shiftKey && !isWhole) return () => take(found[active]);
  };
  const onKeyDown = (event) => {
    if (event.isComposing) return;
    const isSend = event.key === 'Enter' && !event.shiftKey;
    const run = (found.length > 0 && suggestKey(event)) || (isSend && submit);
    if (!run) return;
    event.preventDefault();
    void run();
  };
  const hint = found.length === 0 && state.commands.find(({ command }) => text.startsWith(`${command} `));

  return html`<div class="composer">
    ${
      found.length > 0 &&
      html`<ul class="suggest float" role="listbox" id=${listId} aria-label="Suggestions">
      ${found.map(
        (entry, index) => html`<li role="option" class="menu-item" id=${`${listId}-${index}`}
        aria-selected=${index === active} data-suggest=${entry.title} onMouseEnter=${() => setActive(index)}
        onMouseDown=${(event) => (event.preventDefault(), take(entry))}>
        <b>${entry.insert.trim()}</b> ${entry.usage_hint && html`<code>${entry.usage_hint}</code>`}
        <small>${entry.description}</small>
      </li>`,
      )}
    </ul>`
    }
    ${hint && html`<div class="suggest float"><b>${hint.command}</b> ${hint.usage_hint} <small>${hint.description}</small></div>`}
    <div class="box">
      <textarea ref=${ref} data-composer=${place} rows="1" value=${text} placeholder=${label} aria-label=${label}
        aria-autocomplete="list" aria-controls=${found.length > 0 ? listId : undefined}
        aria-activedescendant=${found.length > 0 ? `${listId}-${active}` : undefined} onKeyDown=${onKeyDown}
        onInput=${({ currentTarget: { value, selectionStart } }) => type(value, selectionStart)}
        onBlur=${() => setFound([])}></textarea>
      <div class="row composer-bar">
        <${MenuButton} class="icon-btn" label="Shortcuts" heading="Shortcuts" align="start" data-shortcuts="global"
          items=${shortcutItems('global', { channel })}>⚡<//>
        <small class="grow clip"><kbd>Shift</kbd>+<kbd>Enter</kbd> new line</small>
        <button type="button" class="icon-btn send" aria-label="Send"
          disabled=${!text.trim()} onClick=${() => void submit()}>➤</button>
      </div>
    </div>
  </div>`;
}
