import { Blocks } from './blocks.js';
import { Scope } from './elements.js';
import { act, appById, state } from './store.js';
import { refresh } from './sync.js';
import { emojiText } from './text.js';
import { cx, html, useLayoutEffect, useMemo, useRef, useState } from './ui.js';

/** What was filled in, by view: it outlives updates of the view, and the modals that are pushed on top of it. */
const filledIn = {};

/** A modal of an app. What is missing or malformed is told by the server, as Slack tells it, under each field. */
export function Modal({ view }) {
  const ref = useRef(null);
  const [errors, setErrors] = useState(view.errors ?? {});
  const [isBusy, setBusy] = useState(false);
  useLayoutEffect(() => {
    ref.current.showModal();
    ref.current.querySelector('.modal-body :is(input, textarea, select), .btn-primary')?.focus();
  }, []);

  const scope = useMemo(() => {
    const values = (filledIn[view.id] ??= {});
    // The server complains of values without a field: one that was filled in may be gone since.
    const ids = view.blocks.map((block) => block.block_id);
    for (const id of Object.keys(values)) if (!ids.includes(id)) delete values[id];
    const touch = (blockId) => setErrors(({ [blockId]: _gone, ...rest }) => rest);
    const tell = (action) => act('/interact', { viewId: view.id, values, action });
    return { values, touch, state: view.state, act: tell };
  }, [view]);

  const submit = async (event) => {
    event.preventDefault();
    if (isBusy) return;
    setBusy(true);
    const result = await act('/submit', { viewId: view.id, values: scope.values });
    setErrors(result.errors ?? {});
    setBusy(false);
    if (!result.errors) return void refresh();
    requestAnimationFrame(() => {
      const wrong = ref.current?.querySelector('.has-error');
      wrong?.scrollIntoView({ block: 'center' });
      wrong?.querySelector('input, textarea, select, button')?.focus({ preventScroll: true });
    });
  };
  const close = async () => {
    state.views = state.views.filter((one) => one.id !== view.id);
    await act('/close-view', { viewId: view.id });
    void refresh();
  };
  return html`<dialog ref=${ref} class="modal" role="dialog" aria-labelledby="modal-title" data-callback-id=${view.callback_id}
    onCancel=${(event) => event.target === ref.current && (event.preventDefault(), close())}>
    <form novalidate class="col" onSubmit=${submit}>
      <header class="modal-head row">
        <h2 id="modal-title">${emojiText(view.title.text)}</h2><span class="muted grow">${appById(view.app_id)?.name}</span>
        <button type="button" class="icon-btn" aria-label="Close" onClick=${close}>✕</button>
      </header>
      <div class="modal-body"><${Scope.Provider} value=${scope}><${Blocks} blocks=${view.blocks} errors=${errors} /><//></div>
      <footer class="modal-foot row">
        <button type="button" class="btn" onClick=${close}>${emojiText(view.close?.text) || (view.submit ? 'Cancel' : 'Close')}</button>
        ${view.submit && html`<button class=${cx('btn btn-primary', isBusy && 'is-busy')} aria-busy=${isBusy} data-testid="modal-submit">${emojiText(view.submit.text)}</button>`}
      </footer>
    </form>
  </dialog>`;
}
