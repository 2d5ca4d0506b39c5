import { h } from 'preact';
import { useId, useRef, useState } from 'preact/hooks';
import htm from 'htm';
import { act, state } from './store.js';

export * from 'preact/hooks';

/** Tagged template for markup. Every interpolated string becomes a text node, so nothing is ever parsed as HTML. */
export const html = htm.bind(h);

/** Joins the class names that apply. */
export const cx = (...names) => names.filter(Boolean).join(' ');

/**
 * A button and the panel that it opens beside itself, in the browser's top layer: it closes on Escape and on a click
 * elsewhere. `panel(close)` makes what stands in it, when it is open.
 */
export function Popover({ panel, label, onClose, children, class: names, ...attributes }) {
  const [id, ref] = [useId(), useRef(null)];
  const [isOpen, setOpen] = useState(false);
  const onToggle = ({ newState }) => {
    // Only now: while it closes, the browser wants to give the focus back.
    if (newState === 'closed') return (setOpen(false), onClose?.());
    ref.current.querySelector('button, input')?.focus();
  };
  const onKeyDown = (event) => {
    if (event.key === 'Escape') return event.stopPropagation();
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!step) return;
    event.preventDefault();
    const items = [...event.currentTarget.querySelectorAll('button, input:enabled')];
    items.at((items.indexOf(document.activeElement) + step) % items.length)?.focus();
  };
  return html`<button type="button" popovertarget=${id} class=${cx(names, isOpen && 'is-open')} aria-label=${label}
      title=${label} aria-haspopup="true" aria-expanded=${isOpen} ...${attributes}>${children}</button>
    <div ref=${ref} id=${id} popover="auto" class="popover float" onKeyDown=${onKeyDown} onToggle=${onToggle}
      onBeforeToggle=${({ newState }) => newState === 'open' && setOpen(true)}>
      ${isOpen && panel(() => ref.current.hidePopover())}</div>`;
}

/** A button that opens a list of commands: `items` are `{ label, hint?, run, ...attributes }`. */
export function MenuButton({ items, heading, ...rest }) {
  const item = (close, { label, hint, run, ...more }) =>
    html`<button type="button" role="menuitem" class="menu-item" onClick=${() => (close(), run())} ...${more}
      >${label}${hint && html`<small>${hint}</small>`}</button>`;
  const panel = (close) =>
    html`<div class="menu-heading">${heading ?? (items.length === 0 && 'Nothing here yet')}</div>
      <div role="menu">${items.map((one) => item(close, one))}</div>`;
  return html`<${Popover} panel=${panel} ...${rest} />`;
}

/** The shortcuts of a type: `message`, with its target, or `global`. */
export function ShortcutMenu({ type, target, ...rest }) {
  const item = ({ name, description, callback_id: callbackId }) => {
    const run = () => void act('/shortcut', { callbackId, ...target });
    return { label: name, hint: description, 'data-callback-id': callbackId, run };
  };
  const items = state.shortcuts.filter((shortcut) => shortcut.type === type).map(item);
  return html`<${MenuButton} class="icon-btn" heading="Shortcuts" items=${items} ...${rest} />`;
}
