import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import { runShortcut, send, suggestions } from './actions.js';
import { cx, html } from './html.js';
import { MenuButton } from './popover.js';
import { state } from './store.js';

const drafts = new Map();

/** Where one writes: Enter sends, Shift+Enter breaks the line, `/`, `@` and `#` suggest. Drafts stay per conversation. */
export function Composer({ channel, threadTs, label }) {
  const draftKey = `${state.me}:${channel}:${threadTs ?? ''}`;
  const [text, setText] = useState(drafts.get(draftKey) ?? '');
  const [found, setFound] = useState([]);
  const [active, setActive] = useState(0);
  const ref = useRef(null);
  const listId = `suggest-${channel}-${threadTs ?? 'main'}`.replaceAll('.', '-');

  useLayoutEffect(() => {
    ref.current.style.height = 'auto';
    ref.current.style.height = `${Math.min(ref.current.scrollHeight, 220)}px`;
  }, [text]);

  const type = (next, caret = next.length) => {
    drafts.set(draftKey, next);
    setText(next);
    setFound(suggestions(next, caret));
    setActive(0);
  };
  const take = (entry) => {
    const rest = text.slice(ref.current.selectionStart).trimStart();
    type(text.slice(0, entry.from) + entry.insert + rest);
    setFound([]);
    ref.current.focus();
  };
  const submit = async () => {
    if (!text.trim()) return;
    const sent = text;
    type('');
    if (!(await send(channel, sent.trimEnd(), threadTs))) type(sent);
  };
  const onKeyDown = (event) => {
    if (event.isComposing) return;
    if (found.length > 0) {
      const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
      if (step) {
        event.preventDefault();
        return setActive((active + step + found.length) % found.length);
      }
      if (event.key === 'Escape') {
        event.stopPropagation();
        return setFound([]);
      }
      // A command typed in full is sent by Enter; anything shorter is completed first.
      const whole = event.key === 'Enter' && found[active].title === text.trim();
      if ((event.key === 'Enter' && !event.shiftKey && !whole) || (event.key === 'Tab' && !event.shiftKey)) {
        event.preventDefault();
        return take(found[active]);
      }
    }
    if (event.key === 'Enter' && !event.shiftKey) {
      event.preventDefault();
      void submit();
    }
  };
  const typed = state.commands.find((known) => text.startsWith(`${known.command} `));
  const shortcuts = state.shortcuts
    .filter((shortcut) => shortcut.type === 'global')
    .map((shortcut) => ({
      label: shortcut.name,
      hint: shortcut.description,
      'data-callback-id': shortcut.callback_id,
      run: () => void runShortcut(shortcut, { channel }),
    }));

  return html`<div class="composer">
    ${
      found.length > 0 &&
      html`<ul class="suggest" role="listbox" id=${listId} aria-label="Suggestions">
        ${found.map(
          (entry, index) =>
            html`<li
              role="option"
              id=${`${listId}-${index}`}
              aria-selected=${index === active}
              data-suggest=${entry.title}
              onMouseDown=${(event) => (event.preventDefault(), take(entry))}
              onMouseEnter=${() => setActive(index)}
            >
              <b>${entry.command ?? `${entry.insert[0]}${entry.title}`}</b>
              ${entry.usage_hint && html`<code>${entry.usage_hint}</code>`}
              ${entry.description && html`<small>${entry.description}</small>`}
            </li>`,
        )}
      </ul>`
    }
    ${
      typed &&
      found.length === 0 &&
      html`<div class="suggest-hint">
        <b>${typed.command}</b> <span>${typed.usage_hint}</span> <small>${typed.description}</small>
      </div>`
    }
    <div class="composer-box">
      <textarea
        ref=${ref}
        data-composer=${threadTs ? 'thread' : 'channel'}
        rows="1"
        value=${text}
        placeholder=${label}
        aria-label=${label}
        aria-autocomplete="list"
        aria-controls=${found.length ? listId : undefined}
        aria-activedescendant=${found.length ? `${listId}-${active}` : undefined}
        onInput=${(event) => type(event.currentTarget.value, event.currentTarget.selectionStart)}
        onKeyDown=${onKeyDown}
        onBlur=${() => setFound([])}
      ></textarea>
      <div class="composer-bar">
        <${MenuButton}
          class="icon-btn"
          label="Shortcuts"
          heading="Shortcuts"
          align="start"
          items=${shortcuts}
          data-shortcuts="global"
          >⚡<//
        >
        <span class="composer-tip"
          ><kbd>Enter</kbd> sends · <kbd>Shift</kbd>+<kbd>Enter</kbd> new line · <kbd>/</kbd> commands</span
        >
        <button
          type="button"
          class=${cx('send', text.trim() && 'is-ready')}
          aria-label="Send"
          disabled=${!text.trim()}
          onClick=${() => void submit()}
        >
          ➤
        </button>
      </div>
    </div>
  </div>`;
}
