import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { cx, html } from './html.js';

/**
 * A panel beside its anchor in the browser's top layer, so that nothing clips it and open dialogs don't cover it.
 * Closes on Escape, on a click elsewhere and when the page scrolls under it; `onClose(true)` asks for the focus back.
 */
export function Popover({ anchor, onClose, align = 'start', children }) {
  const ref = useRef(null);
  useLayoutEffect(() => {
    const panel = ref.current;
    panel.showPopover();
    const at = anchor.current.getBoundingClientRect();
    panel.style.minWidth = `${at.width}px`;
    const [above, below] = [at.top - 12, innerHeight - at.bottom - 12];
    const up = panel.offsetHeight > below && above > below;
    panel.style.maxHeight = `${Math.max(140, Math.min(380, up ? above : below))}px`;
    const left = align === 'end' ? at.right - panel.offsetWidth : at.left;
    panel.style.left = `${Math.max(8, Math.min(left, innerWidth - panel.offsetWidth - 8))}px`;
    panel.style.top = `${up ? Math.max(8, at.top - panel.offsetHeight - 4) : at.bottom + 4}px`;
    panel.querySelector('input, [role=option], [role=menuitem]')?.focus();
  }, []);
  useEffect(() => {
    const isInside = (event) => ref.current.contains(event.target);
    const pressed = (event) => !isInside(event) && !anchor.current?.contains(event.target) && onClose(false);
    const scrolled = (event) => !isInside(event) && event.target.contains?.(anchor.current) && onClose(false);
    document.addEventListener('pointerdown', pressed, true);
    document.addEventListener('scroll', scrolled, true);
    return () => {
      document.removeEventListener('pointerdown', pressed, true);
      document.removeEventListener('scroll', scrolled, true);
    };
  });
  const onKeyDown = (event) => {
    if (event.key !== 'Escape') return event.key === 'Tab' && onClose(false);
    event.preventDefault();
    event.stopPropagation();
    onClose(true);
  };
  return html`<div ref=${ref} popover="manual" class="popover float" onKeyDown=${onKeyDown}>${children}</div>`;
}

/** Moves the focus among the items of a list with the arrow keys, Home and End. */
export function roving(event, selector) {
  const items = [...event.currentTarget.querySelectorAll(selector)];
  const at = items.indexOf(document.activeElement);
  const count = items.length;
  const next = {
    ArrowDown: (at + 1) % count,
    ArrowUp: (Math.max(at, 0) + count - 1) % count,
    Home: 0,
    End: count - 1,
  };
  if (!(event.key in next)) return;
  event.preventDefault();
  items[next[event.key]]?.focus();
}

/** The state of a popover: is it open, what it hangs on, and how to close it. */
export function usePopover() {
  const [open, setOpen] = useState(false);
  const anchor = useRef(null);
  const close = (refocus) => {
    setOpen(false);
    if (refocus) anchor.current?.focus();
  };
  return { open, setOpen, anchor, close };
}

/** A button that opens a list of commands: `items` are `{ label, hint?, run, ...attributes }`. */
export function MenuButton({
  items,
  label,
  class: className,
  align = 'end',
  children,
  heading,
  ...attributes
}) {
  const { open, setOpen, anchor, close } = usePopover();
  const item = ({
    label: text,
    hint,
    run,
    ...rest
  }) => html`<button type="button" role="menuitem" class="menu-item"
    onClick=${() => (close(true), run())} ...${rest}>${text}${hint && html`<small>${hint}</small>`}</button>`;
  return html`<button ref=${anchor} type="button" class=${cx(className, open && 'is-open')} aria-label=${label}
      title=${label} aria-haspopup="menu" aria-expanded=${open} onClick=${() => setOpen(!open)} ...${attributes}
      >${children}</button>
    ${
      open &&
      html`<${Popover} anchor=${anchor} onClose=${close} align=${align}>
      ${heading && html`<div class="menu-heading">${heading}</div>`}
      <div role="menu" aria-label=${label} onKeyDown=${(event) => roving(event, '[role=menuitem]')}>
        ${items.map(item)}
        ${items.length === 0 && html`<div class="menu-heading">Nothing here yet</div>`}
      </div>
    <//>`
    }`;
}
