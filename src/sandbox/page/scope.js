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
export function keyOf(type) {
  const select = /^(multi_)?(static|external|users|channels|conversations)_select$/.exec(type);
  if (!select) return KEYS[type] ?? 'value';
  const kind = { static: 'option', external: 'option' }[select[2]] ?? select[2].slice(0, -1);
  return `selected_${kind}${select[1] ? 's' : ''}`;
}

/** Slack's state value of an element before anybody touched it. */
export function initialValue({ type, ...el }) {
  const key = keyOf(type);
  const initial = el[key === 'rich_text_value' ? 'initial_value' : key.replace(/^(selected_)?/, 'initial_')];
  return { type, [key]: initial ?? (key.endsWith('s') ? [] : null) };
}

/** The id of a block; one is made up for a block that has none, for use inside the page only. */
export const blockIdOf = (block, index) => block.block_id ?? `~${index}`;
const isMadeUp = (blockId) => blockId.startsWith('~');

/** Whether a value says nothing, so that a required input is not filled in. */
export function isEmpty(value) {
  const { type: _type, ...parts } = value ?? {};
  return Object.values(parts).every(
    (part) => part == null || part === '' || (Array.isArray(part) && part.length === 0),
  );
}

/**
 * One element's value, its busy state, and two ways to change it: `keep` only remembers, `change` remembers and tells
 * the app unless the element sits in an input block without `dispatch_action`.
 */
export function useElement(el, blockId, { silent = false } = {}) {
  const scope = useContext(Scope);
  const [local, setLocal] = useState(() => initialValue(el));
  const [pending, setPending] = useState(0);
  const value = scope.form ? scope.form.get(blockId, el) : local;

  const keep = (next) => {
    const whole = { type: el.type, ...next };
    if (scope.form) scope.form.set(blockId, el.action_id, whole);
    else setLocal(whole);
  };
  const act = async (next = {}) => {
    if (el.confirm && !(await ask(el.confirm))) return false;
    setPending((count) => count + 1);
    try {
      const block = isMadeUp(blockId) ? {} : { block_id: blockId };
      await scope.act({ type: el.type, action_id: el.action_id, ...block, ...next });
    } finally {
      setPending((count) => count - 1);
    }
    return true;
  };
  const change = async (next) => {
    const before = value;
    keep(next);
    if (!silent && !(await act(next))) keep(before);
  };
  return { value, keep, change, act, busy: pending > 0 };
}
