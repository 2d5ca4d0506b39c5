import { createContext } from 'preact';
import { useContext, useState } from 'preact/hooks';
import { ask } from './store.js';

/**
 * What an element belongs to: `act(action)` sends an interaction; `form`, in modals, keeps the values until submit
 * (`get(blockId, element)`, `set(blockId, actionId, value)`).
 */
export const Scope = createContext({ act: async () => ({}), form: null });

const KEYS = {
  datepicker: 'selected_date',
  timepicker: 'selected_time',
  datetimepicker: 'selected_date_time',
  radio_buttons: 'selected_option',
  checkboxes: 'selected_options',
  file_input: 'files',
  rich_text_input: 'rich_text_value',
};

/** The name under which an element's value travels: `value`, `selected_option`, `selected_users` and so on. */
function keyOf(type) {
  const [, multi, kind] = /^(multi_)?(\w+?)s?_select$/.exec(type) ?? [];
  if (!kind) return KEYS[type] ?? 'value';
  return `selected_${kind === 'static' ? 'option' : kind}${multi ? 's' : ''}`;
}

/** Slack's state value of an element before anybody touched it. */
export function initialValue({ type, ...el }) {
  const key = keyOf(type);
  const initial = el[key === 'rich_text_value' ? 'initial_value' : key.replace(/^(selected_)?/, 'initial_')];
  return { type, [key]: initial ?? (key.endsWith('s') ? [] : null) };
}

/**
 * One element's value and two ways to change it: `keep` only remembers, `change` remembers and tells the app. A `silent`
 * element, in an input block without `dispatch_action`, only remembers. What a confirmation denies is taken back.
 */
export function useElement(el, blockId, silent) {
  const { form, act: sendAction } = useContext(Scope);
  const [local, setLocal] = useState(() => initialValue(el));
  const [pending, setPending] = useState(0);
  const key = keyOf(el.type);
  const whole = form ? form.get(blockId, el) : local;

  const keep = (next) => {
    const kept = { type: el.type, [key]: next };
    if (form) form.set(blockId, el.action_id, kept);
    else setLocal(kept);
  };
  const act = async (next = {}, { type, action_id, confirm } = el) => {
    if (confirm && !(await ask(confirm))) return false;
    setPending((count) => count + 1);
    await sendAction({ type, action_id, block_id: blockId, ...next });
    setPending((count) => count - 1);
    return true;
  };
  const change = async (next) => {
    keep(next);
    if (!silent && !(await act({ [key]: next }))) keep(whole?.[key]);
  };
  return { value: whole?.[key] ?? null, key, keep, change, act, busy: pending > 0 };
}
