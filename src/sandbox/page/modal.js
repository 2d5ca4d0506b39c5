import { useEffect, useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks';
import { closeView, interact, submitView } from './actions.js';
import { Blocks } from './blocks.js';
import { emojiText } from './emoji.js';
import { cx, html } from './html.js';
import { Text } from './mrkdwn.js';
import { Scope, blockIdOf, initialValue, isEmpty } from './scope.js';
import { state } from './store.js';

const FORMATS = {
  email_text_input: [/^[^\s@]+@[^\s@]+\.[^\s@]+$/, 'Please enter a valid email address.'],
  url_text_input: [/^https?:\/\/\S+\.\S+/i, 'Please enter a valid URL.'],
};

/** What Slack itself refuses before it asks the app. */
function complaint(block, value) {
  const el = block.element;
  if (isEmpty(value)) return block.optional ? null : 'Please complete this required field.';
  const text = value.value;
  if (FORMATS[el.type] && !FORMATS[el.type][0].test(text)) return FORMATS[el.type][1];
  if (el.min_length && text?.length < el.min_length)
    return `Please enter at least ${el.min_length} characters.`;
  if (el.type === 'number_input') {
    if (el.min_value !== undefined && Number(text) < Number(el.min_value))
      return `Please enter ${el.min_value} or more.`;
    if (el.max_value !== undefined && Number(text) > Number(el.max_value))
      return `Please enter ${el.max_value} or less.`;
  }
  return null;
}

const elementsOf = (block) =>
  (block.type === 'input' ? [block.element] : [block.accessory, ...(block.elements ?? [])]).filter(Boolean);
const HAS_STATE = /_select$|picker$|input$|checkboxes|radio_buttons/;

/** Values survive an update of the view while block and action keep their ids, as in Slack. */
function useForm(view) {
  const kept = useRef({});
  const [, repaint] = useState(0);
  const mine = (kept.current[view.id] ??= {});
  const fromServer = view.state?.values ?? {};
  const get = (blockId, el) =>
    mine[blockId]?.[el.action_id] ?? fromServer[blockId]?.[el.action_id] ?? initialValue(el);
  const set = (blockId, actionId, value) => {
    (mine[blockId] ??= {})[actionId] = value;
    repaint((count) => count + 1);
  };
  const values = () => {
    const out = {};
    view.blocks.forEach((block, index) => {
      const blockId = blockIdOf(block, index);
      for (const el of elementsOf(block)) {
        if (HAS_STATE.test(el.type)) (out[blockId] ??= {})[el.action_id] = get(blockId, el);
      }
    });
    return out;
  };
  return { get, set, values };
}

function Dialog({ view }) {
  const ref = useRef(null);
  const form = useForm(view);
  const [errors, setErrors] = useState({});
  const [busy, setBusy] = useState(false);

  useLayoutEffect(() => {
    if (!ref.current.open) ref.current.showModal();
  }, []);
  useEffect(() => {
    setErrors(view.errors ?? {});
    const first = ref.current.querySelector(
      '.modal-body :is(input:not([type=file]), textarea, select, button.select)',
    );
    (first ?? ref.current.querySelector('.btn-primary') ?? ref.current).focus();
  }, [view.id]);
  useEffect(() => {
    if (view.errors) setErrors(view.errors);
  }, [JSON.stringify(view.errors)]);

  const scope = useMemo(
    () => ({
      form: {
        get: form.get,
        set: (blockId, actionId, value) => {
          form.set(blockId, actionId, value);
          setErrors(({ [blockId]: _gone, ...rest }) => rest);
        },
      },
      act: (action) => interact({ viewId: view.id, values: form.values() }, action),
    }),
    [view, form],
  );

  const submit = async (event) => {
    event.preventDefault();
    if (busy) return;
    const values = form.values();
    const wrong = {};
    view.blocks.forEach((block, index) => {
      const blockId = blockIdOf(block, index);
      const error = block.type === 'input' && complaint(block, values[blockId]?.[block.element.action_id]);
      if (error) wrong[blockId] = error;
    });
    if (Object.keys(wrong).length === 0) {
      setBusy(true);
      Object.assign(wrong, await submitView(view.id, values));
      setBusy(false);
    }
    setErrors(wrong);
    requestAnimationFrame(() =>
      ref.current?.querySelector('.has-error :is(input, textarea, button)')?.focus(),
    );
  };
  const close = () => void closeView(view.id);
  const app = state.apps.find((known) => known.appId === view.app_id) ?? state.apps[0];

  return html`<dialog
    ref=${ref}
    class="modal"
    role="dialog"
    aria-modal="true"
    aria-labelledby="modal-title"
    data-view-id=${view.id}
    data-callback-id=${view.callback_id}
    onCancel=${(event) => (event.preventDefault(), close())}
  >
    <form novalidate onSubmit=${submit}>
      <header class="modal-head">
        <h2 id="modal-title">${emojiText(view.title?.text)}</h2>
        <span class="muted">${app?.name}</span>
        <button type="button" class="icon-btn" aria-label="Close" data-testid="modal-x" onClick=${close}>
          ✕
        </button>
      </header>
      <div class="modal-body">
        <${Scope.Provider} value=${scope}
          ><${Blocks} key=${view.id} blocks=${view.blocks} errors=${errors}
        /><//>
      </div>
      <footer class="modal-foot">
        <button type="button" class="btn" data-testid="modal-close" onClick=${close}>
          ${emojiText(view.close?.text) || (view.submit ? 'Cancel' : 'Close')}
        </button>
        ${
          view.submit &&
          html`<button
            type="submit"
            class=${cx('btn btn-primary', busy && 'is-busy')}
            data-testid="modal-submit"
            aria-busy=${busy}
          >
            <span>${emojiText(view.submit.text)}</span>
          </button>`
        }
      </footer>
    </form>
  </dialog>`;
}

/** The top of the stack of modals; the ones below keep their values and come back when it closes. */
export function Modals({ views }) {
  const top = views.at(-1);
  return top ? html`<${Dialog} key="modal" view=${top} />` : null;
}

/** The confirmation of an element, above everything else. */
export function Question({ question }) {
  const ref = useRef(null);
  useLayoutEffect(() => ref.current.showModal(), []);
  const { confirm, settle } = question;
  return html`<dialog
    ref=${ref}
    class="modal modal-small"
    role="alertdialog"
    aria-labelledby="question-title"
    onCancel=${(event) => (event.preventDefault(), settle(false))}
  >
    <header class="modal-head"><h2 id="question-title">${emojiText(confirm.title?.text)}</h2></header>
    <div class="modal-body"><${Text} of=${confirm.text} /></div>
    <footer class="modal-foot">
      <button type="button" class="btn" data-testid="confirm-deny" onClick=${() => settle(false)}>
        ${emojiText(confirm.deny?.text) || 'Cancel'}
      </button>
      <button
        type="button"
        class=${cx('btn', confirm.style === 'danger' ? 'btn-danger-solid' : 'btn-primary')}
        data-testid="confirm-yes"
        autofocus
        onClick=${() => settle(true)}
      >
        ${emojiText(confirm.confirm?.text) || 'Yes'}
      </button>
    </footer>
  </dialog>`;
}
