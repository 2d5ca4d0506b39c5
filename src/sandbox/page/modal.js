import { useEffect, useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks';
import { closeView, interact, submitView } from './actions.js';
import { Blocks } from './blocks.js';
import { emojiText } from './emoji.js';
import { cx, html } from './html.js';
import { Scope, initialValue } from './scope.js';
import { appById } from './store.js';
import { Text } from './text.js';

/** What was filled in, by view: it outlives updates of the view, and the modals that are pushed on top of it. */
const filledIn = new Map();

function useForm(view) {
  const [, repaint] = useState(0);
  if (!filledIn.has(view.id)) filledIn.set(view.id, {});
  const mine = filledIn.get(view.id);
  const get = (blockId, el) =>
    mine[blockId]?.[el.action_id] ?? view.state?.values?.[blockId]?.[el.action_id] ?? initialValue(el);
  const set = (blockId, actionId, value) => {
    (mine[blockId] ??= {})[actionId] = value;
    repaint((count) => count + 1);
  };
  // The server complains of values without a field: one that was filled in may be gone since.
  const values = () => {
    const ids = view.blocks.map((block) => block.block_id);
    return Object.fromEntries(Object.entries(mine).filter(([blockId]) => ids.includes(blockId)));
  };
  return { get, set, values };
}

/** A dialog above everything; `onClose` runs on Escape. */
function Dialog({ onClose, children, ...attributes }) {
  const ref = useRef(null);
  useLayoutEffect(() => {
    ref.current.showModal();
    const first =
      '.modal-body :is(input:not([type=file]), textarea, button.select), .btn-primary, .btn-danger';
    ref.current.querySelector(first)?.focus();
  }, []);
  return html`<dialog ref=${ref} class="modal" onCancel=${(event) => (event.preventDefault(), onClose())}
    ...${attributes}>${children}</dialog>`;
}

/** A modal of an app. What is missing or malformed is told by the server, as Slack tells it, under each field. */
export function Modal({ view }) {
  const form = useForm(view);
  const body = useRef(null);
  const [errors, setErrors] = useState(view.errors ?? {});
  const [busy, setBusy] = useState(false);
  useEffect(() => setErrors(view.errors ?? {}), [JSON.stringify(view.errors)]);

  const scope = useMemo(() => {
    const set = (blockId, ...value) => {
      form.set(blockId, ...value);
      setErrors(({ [blockId]: _gone, ...rest }) => rest);
    };
    const act = (action) => interact({ viewId: view.id, values: form.values() }, action);
    return { form: { ...form, set }, act };
  }, [view, form]);

  const submit = async (event) => {
    event.preventDefault();
    if (busy) return;
    setBusy(true);
    setErrors(await submitView(view.id, form.values()));
    setBusy(false);
    requestAnimationFrame(() =>
      body.current?.querySelector('.has-error :is(input, textarea, button)')?.focus(),
    );
  };
  const close = () => void closeView(view.id);
  return html`<${Dialog} onClose=${close} role="dialog" aria-modal="true" aria-labelledby="modal-title"
    data-view-id=${view.id} data-callback-id=${view.callback_id}>
    <form novalidate onSubmit=${submit}>
      <header class="modal-head row">
        <h2 id="modal-title">${emojiText(view.title.text)}</h2>
        <span class="muted grow">${appById(view.app_id)?.name}</span>
        <button type="button" class="icon-btn" aria-label="Close" data-testid="modal-x" onClick=${close}>✕</button>
      </header>
      <div class="modal-body" ref=${body}>
        <${Scope.Provider} value=${scope}><${Blocks} blocks=${view.blocks} errors=${errors} /><//>
      </div>
      <footer class="modal-foot row">
        <button type="button" class="btn" data-testid="modal-close" onClick=${close}
          >${emojiText(view.close?.text) || (view.submit ? 'Cancel' : 'Close')}</button>
        ${
          view.submit &&
          html`<button type="submit" class=${cx('btn btn-primary', busy && 'is-busy')} aria-busy=${busy}
          data-testid="modal-submit">${emojiText(view.submit.text)}</button>`
        }
      </footer>
    </form>
  <//>`;
}

/** The confirmation of an element, above everything else. */
export function Question({ question: { confirm, settle } }) {
  const style = confirm.style === 'danger' ? 'btn-danger is-solid' : 'btn-primary';
  return html`<${Dialog} onClose=${() => settle(false)} role="alertdialog" aria-labelledby="question-title">
    <header class="modal-head"><h2 id="question-title">${emojiText(confirm.title.text)}</h2></header>
    <div class="modal-body"><${Text} of=${confirm.text} /></div>
    <footer class="modal-foot row">
      <button type="button" class="btn" data-testid="confirm-deny" onClick=${() => settle(false)}
        >${emojiText(confirm.deny.text)}</button>
      <button type="button" class=${`btn ${style}`} data-testid="confirm-yes" onClick=${() => settle(true)}
        >${emojiText(confirm.confirm.text)}</button>
    </footer>
  <//>`;
}
