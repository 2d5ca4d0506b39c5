import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { cx, html } from './html.js';

/**
 * A panel that floats beside its anchor in the browser's top layer, so that no scroll container clips it and open
 * dialogs don't cover it. Closes on Escape, on a click elsewhere and when the page scrolls under it.
 */
export function Popover({ anchor, onClose, align = 'start', matchWidth = false, children, ...rest }) {
  const ref = useRef(null);

  useLayoutEffect(() => {
    const panel = ref.current;
    panel.showPopover();
    const at = anchor.current.getBoundingClientRect();
    if (matchWidth) panel.style.minWidth = `${at.width}px`;
    const below = innerHeight - at.bottom - 12;
    const above = at.top - 12;
    const up = panel.offsetHeight > below && above > below;
    panel.style.maxHeight = `${Math.max(140, Math.min(380, up ? above : below))}px`;
    const left = align === 'end' ? at.right - panel.offsetWidth : at.left;
    panel.style.left = `${Math.max(8, Math.min(left, innerWidth - panel.offsetWidth - 8))}px`;
    panel.style.top = `${up ? Math.max(8, at.top - panel.offsetHeight - 4) : at.bottom + 4}px`;
    if (!panel.contains(document.activeElement))
      panel.querySelector('input, [role=option], [role=menuitem]')?.focus();
  }, []);

  useEffect(() => {
    const outside = (event) => {
      if (!ref.current.contains(event.target) && !anchor.current?.contains(event.target)) onClose(false);
    };
    const scrolled = (event) => {
      if (!ref.current.contains(event.target) && event.target.contains?.(anchor.current)) onClose(false);
    };
    document.addEventListener('pointerdown', outside, true);
    document.addEventListener('scroll', scrolled, true);
    addEventListener('resize', onClose);
    return () => {
      document.removeEventListener('pointerdown', outside, true);
      document.removeEventListener('scroll', scrolled, true);
      removeEventListener('resize', onClose);
    };
  });

  const onKeyDown = (event) => {
    if (event.key === 'Tab') return onClose(false);
    if (event.key !== 'Escape') return;
    event.preventDefault();
    event.stopPropagation();
    onClose(true);
  };
  return html`<div ref=${ref} popover="manual" class="popover" onKeyDown=${onKeyDown} ...${rest}>
    ${children}
  </div>`;
}

/** Moves the focus among the items of a list with the arrow keys, Home and End. */
export function roving(event, selector) {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (!step && event.key !== 'Home' && event.key !== 'End') return;
  event.preventDefault();
  const items = [...event.currentTarget.querySelectorAll(selector)];
  const at = items.indexOf(document.activeElement);
  const next =
    event.key === 'Home'
      ? 0
      : event.key === 'End'
        ? items.length - 1
        : (at + step + items.length) % items.length;
  items[next]?.focus();
}

/** A button that opens a list of commands: `items` are `{ label, hint?, danger?, run, ...attributes }`. */
export function MenuButton({
  items,
  label,
  class: className,
  align = 'end',
  children,
  heading,
  ...attributes
}) {
  const [open, setOpen] = useState(false);
  const anchor = useRef(null);
  const close = (refocus) => {
    setOpen(false);
    if (refocus) anchor.current?.focus();
  };
  const pick = (item) => {
    close(true);
    item.run();
  };
  return html` <button
      ref=${anchor}
      type="button"
      class=${cx(className, open && 'is-open')}
      aria-label=${label}
      title=${label}
      aria-haspopup="menu"
      aria-expanded=${open}
      onClick=${() => setOpen(!open)}
      ...${attributes}
    >
      ${children}
    </button>
    ${
      open &&
      html`<${Popover} anchor=${anchor} onClose=${close} align=${align}>
        ${heading && html`<div class="menu-heading">${heading}</div>`}
        <div role="menu" aria-label=${label} onKeyDown=${(event) => roving(event, '[role=menuitem]')}>
          ${items.length === 0 && html`<div class="menu-empty">Nothing here yet</div>`}
          ${items.map(
            ({ label: text, hint, danger, run, href, ...rest }) =>
              html`<button
                type="button"
                role="menuitem"
                class=${cx('menu-item', danger && 'is-danger')}
                onClick=${() => pick({ run, href })}
                ...${rest}
              >
                <span>${text}</span>${hint && html`<small>${hint}</small>`}
              </button>`,
          )}
        </div>
      <//>`
    }`;
}
