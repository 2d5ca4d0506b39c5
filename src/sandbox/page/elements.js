import { createContext } from 'preact';
import { readFiles } from './api.js';
import { appIn, conversations, people, state, titleOf, zone } from './store.js';
import { Text, emojiText } from './text.js';
import { unixToZoned, zonedToUnix } from './time.js';
import { MenuButton, Popover, cx, html, useContext, useId, useRef, useState } from './ui.js';

/**
 * What an element belongs to: `act(action)` tells the app, `state` is what a view holds on the server. In a modal
 * `values` holds what was filled in by block and action id, and `touch(blockId)` hears of every change.
 */
export const Scope = createContext({});

/** A value as the control API takes it: the text, the option's value, the ids; not Slack's objects around them. */
const bare = (value) => (Array.isArray(value) ? value.map(bare) : (value?.value ?? value ?? null));
/** From an element, `initial_option` and its like; from a view's state, `selected_option` and its like. */
const valueIn = (holder, keys) => bare(Object.entries(holder).find(([key]) => keys.test(key))?.[1]);

/**
 * An element's value and two ways to change it: `keep` only remembers, `change` tells the app too. A `silent` element,
 * in an input block without `dispatch_action`, only remembers. What a confirmation denies is taken back.
 */
function useElement(el, blockId, silent) {
  const { act, values, touch, state: saved } = useContext(Scope);
  const own = useRef({});
  const [, repaint] = useState(0);
  const filled = values ?? own.current;
  const before = saved?.values[blockId]?.[el.action_id];
  const initial = before ? valueIn(before, /^(?!type)/) : valueIn(el, /^initial_/);
  const value = filled[blockId]?.[el.action_id] ?? initial;
  const keep = (next) => {
    filled[blockId] = { ...filled[blockId], [el.action_id]: next };
    repaint(Math.random());
    touch?.(blockId);
  };
  const tell = async (next, { action_id, confirm: ask } = el, block_id = blockId) => {
    if (ask && !confirm(`${ask.title.text}\n\n${ask.text.text.replace(/[*_~`]/g, '')}`)) return false;
    if (!silent) await act({ action_id, block_id, value: next });
    return true;
  };
  const change = async (next) => {
    keep(next);
    if (!(await tell(next))) keep(value);
  };
  return { value, keep, tell, change };
}

const openUrl = (url) => /^https?:/i.test(url ?? '') && window.open(url, '_blank', 'noopener');

/**
 * A button. It stays clickable while the app answers, as in Slack. When the message changes between press and release,
 * what was pressed counts: never the button that took its place.
 */
function Button({ el, blockId }) {
  const { tell } = useElement(el, blockId);
  const [isBusy, setBusy] = useState(false);
  const pressed = useRef(null);
  const onClick = async () => {
    const meant = pressed.current ?? el;
    pressed.current = null;
    setBusy(true);
    // Elsewhere in the message by now, or gone: only its own id finds it.
    const isHere = meant.action_id === el.action_id && meant.value === el.value;
    if (await tell(meant.value, meant, isHere ? blockId : undefined)) openUrl(meant.url);
    setBusy(false);
  };
  return html`<button type="button" class=${cx('btn', el.style && `btn-${el.style}`, isBusy && 'is-busy')}
    data-action-id=${el.action_id} data-value=${el.value} aria-label=${el.accessibility_label} aria-busy=${isBusy}
    onClick=${onClick} onPointerDown=${() => void (pressed.current = el)} onKeyDown=${() => void (pressed.current = null)}
    >${emojiText(el.text.text)}${el.url && html` <small aria-hidden="true">↗</small>`}</button>`;
}

function Overflow({ el, blockId }) {
  const { tell } = useElement(el, blockId);
  const item = ({ text, description, value, url }) => {
    const run = () => (openUrl(url), void tell(value));
    return { label: emojiText(text.text), hint: emojiText(description?.text), run };
  };
  return html`<${MenuButton} class="btn" label="More" items=${el.options.map(item)} data-action-id=${el.action_id}>⋯<//>`;
}

/** What is typed or picked in the browser's own fields. */
const FIELDS = {
  plain_text_input: 'text',
  email_text_input: 'email',
  url_text_input: 'url',
  number_input: 'number',
  datepicker: 'date',
  timepicker: 'time',
  datetimepicker: 'datetime-local',
};

/** Text, number, date and time; a date with time travels as Unix seconds and is shown in the person's zone. */
function Field({ el, blockId, silent, ...attributes }) {
  const { value, keep, tell, change } = useElement(el, blockId, silent);
  const [isUnix, isPicker] = [el.type === 'datetimepicker', el.type.endsWith('picker')];
  const typed = ({ currentTarget: { value: text } }) =>
    isUnix && text ? zonedToUnix(text, zone()) : text || null;
  // An input that dispatches tells the app what was typed on Enter.
  const onKeyDown = (event) => {
    if (silent || isPicker || event.key !== 'Enter' || el.multiline) return;
    event.preventDefault();
    void tell(value);
  };
  return html`<${el.multiline ? 'textarea' : 'input'} class="input" type=${FIELDS[el.type]} rows="4" autocomplete="off"
    step=${el.is_decimal_allowed ? 'any' : undefined} placeholder=${el.placeholder?.text} data-action-id=${el.action_id}
    aria-label=${attributes.id ? undefined : (el.placeholder?.text ?? FIELDS[el.type])}
    value=${(isUnix && value ? unixToZoned(value, zone()) : value) ?? ''} onKeyDown=${onKeyDown}
    ...${isPicker ? { onChange: (event) => change(typed(event)) } : { onInput: (event) => keep(typed(event)) }} ...${attributes} />`;
}

/** Check marks or radio buttons; what is chosen stays in the order of the options, as Slack sends it. */
function Options({ options, value, isMulti, isFull, onPick, ...attributes }) {
  const name = useId();
  const has = (option) => [value].flat().includes(option.value);
  const toggled = (option) => options.filter((one) => has(one) !== (one === option)).map((one) => one.value);
  const row = (option) => html`<label>
    <input type=${isMulti ? 'checkbox' : 'radio'} name=${name} checked=${has(option)} data-value=${option.value}
      disabled=${isFull && !has(option)} onChange=${() => onPick(isMulti ? toggled(option) : option.value)} />
    <span><${Text} of=${option.text} />${option.description && html`<small><${Text} of=${option.description} /></small>`}</span>
  </label>`;
  return html`<div class="options" role=${isMulti ? 'group' : 'radiogroup'} ...${attributes}>${options.map(row)}</div>`;
}

function OptionInput({ el, blockId, silent, id: _id, ...attributes }) {
  const { value, change } = useElement(el, blockId, silent);
  return html`<${Options} options=${el.options} value=${value} isMulti=${el.type === 'checkboxes'}
    onPick=${change} data-action-id=${el.action_id} ...${attributes} />`;
}

function FileInput({ el, blockId, silent: _silent, ...attributes }) {
  const { value, keep } = useElement(el, blockId, true);
  return html`<input type="file" class="input" data-action-id=${el.action_id} multiple=${(el.max_files ?? 10) > 1}
      accept=${el.filetypes?.map((type) => `.${type}`).join()} ...${attributes}
      onChange=${async (event) => keep(await readFiles(event.currentTarget.files))} />
    <small>${value?.map(({ name }) => name).join(', ')}</small>`;
}

const option = (value, text) => ({ value, text: { type: 'plain_text', text } });
const kindOf = (channel) => (channel.is_im ? 'im' : channel.is_private ? 'private' : 'public');

/** Where the options of each select come from, in groups. */
const OPTIONS = {
  static: ({ options, option_groups: groups = [{ options }] }) => groups,
  users: () => [{ options: people().map((user) => option(user.id, user.real_name || user.name)) }],
  channels: () => OPTIONS.conversations({ filter: { include: ['public'] } }),
  conversations({ filter = {} }) {
    const withApps = filter.exclude_bot_users ? [] : state.channels.filter(appIn);
    const isWanted = (one) => filter.include?.includes(kindOf(one)) ?? true;
    const all = [...conversations(), ...withApps].filter(isWanted);
    return [{ options: all.map((one) => option(one.id, titleOf(one))) }];
  },
};
const groupsOf = (el) => OPTIONS[el.type.replace(/^multi_|_select$/g, '')](el);

/** A select menu: the browser's own. Its options are made when it is about to open: a channel may hold hundreds of them. */
function Select({ el, blockId, silent, ...attributes }) {
  const { value, change } = useElement(el, blockId, silent);
  const [isOpen, setOpen] = useState(false);
  const choice = (one) => html`<option value=${one.value} selected=${one.value === value}>
    ${emojiText(one.text.text)}${one.description && html`<small>${emojiText(one.description.text)}</small>`}</option>`;
  const group = ({ label, options }) => {
    const shown = options.filter((one) => isOpen || one.value === value).map(choice);
    return label && isOpen ? html`<optgroup label=${emojiText(label.text)}>${shown}</optgroup>` : shown;
  };
  const onChange = (event) => (setOpen(false), void change(event.currentTarget.value));
  const onFocusOut = (event) => event.currentTarget.contains(event.relatedTarget) || setOpen(false);
  const open = () => setOpen(true);
  const placeholder = emojiText(el.placeholder?.text ?? 'Select…');
  return html`<select class=${cx('input', value === null && 'is-empty')} data-action-id=${el.action_id} onChange=${onChange}
    aria-label=${attributes.id ? undefined : placeholder} onPointerDown=${open} onKeyDown=${open} onFocusOut=${onFocusOut} ...${attributes}>
    <option value="" hidden selected=${value === null}>${placeholder}</option>${groupsOf(el).map(group)}
  </select>`;
}

/** A menu of check marks. Slack tells the app about it once, when it closes. */
function MultiSelect({ el, blockId, silent, ...attributes }) {
  const { value, keep, tell } = useElement(el, blockId, silent);
  const told = useRef(value);
  const options = groupsOf(el).flatMap((group) => group.options);
  const chosen = options.filter((one) => value?.includes(one.value));
  const panel = () => html`<${Options} options=${options} value=${value ?? []} isMulti onPick=${keep}
    isFull=${chosen.length >= el.max_selected_items} />`;
  const onClose = () => {
    if (String(told.current) !== String(value)) void tell(value);
    told.current = value;
  };
  return html`<${Popover} class="input select" panel=${panel} onClose=${onClose} data-action-id=${el.action_id} ...${attributes}>
    ${chosen.map((one) => html`<span class="chip">${emojiText(one.text.text)}</span> `)}
    ${chosen.length === 0 && html`<span class="muted">${emojiText(el.placeholder?.text ?? 'Select…')}</span>`}
  <//>`;
}

const RENDERERS = {
  button: Button,
  overflow: Overflow,
  image: ({ el }) => html`<img class="thumb" src=${el.image_url ?? el.slack_file?.url} alt=${el.alt_text} />`,
  checkboxes: OptionInput,
  radio_buttons: OptionInput,
  file_input: FileInput,
};

const Unknown = ({ el }) => html`<small>The Sandbox can’t show “${el.type}”.</small>`;

/** Any interactive element or image; the other properties go to its field (`id`, `aria-…`). */
export function Element({ el, ...rest }) {
  const menu = el.type.endsWith('_select') && (el.type.startsWith('multi_') ? MultiSelect : Select);
  const Renderer = RENDERERS[el.type] ?? (FIELDS[el.type] ? Field : menu);
  return html`<${Renderer || Unknown} el=${el} ...${rest} />`;
}
