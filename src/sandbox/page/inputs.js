import { useId, useRef, useState } from 'preact/hooks';
import { emojiText } from './emoji.js';
import { cx, html } from './html.js';
import { Avatar } from './people.js';
import { MenuButton, Popover, roving, usePopover } from './popover.js';
import { useElement } from './scope.js';
import { conversations, directWith, people, state, titleOf, zone } from './store.js';
import { Text } from './text.js';
import { unixToZoned, zonedToUnix } from './time.js';

const openUrl = (url) => /^https?:/i.test(url ?? '') && window.open(url, '_blank', 'noopener');

/**
 * A button. It stays clickable while the app answers, as in Slack. When the message changes between press and release,
 * what was pressed counts: never the button that took its place.
 */
function Button({ el, blockId }) {
  const { act, busy } = useElement(el, blockId);
  const pressed = useRef(null);
  const onClick = async () => {
    const meant = pressed.current ?? el;
    pressed.current = null;
    const { action_id: id, value, text, url, confirm } = meant;
    if (!confirm) openUrl(url);
    // Elsewhere in the message by now, or gone: only its own id finds it.
    const isHere = id === el.action_id && value === el.value;
    const sent = await act({ value, text, block_id: isHere ? blockId : undefined }, meant);
    if (sent && confirm) openUrl(url);
  };
  return html`<button type="button" data-action-id=${el.action_id} data-value=${el.value} data-url=${el.url}
    class=${cx('btn', el.style && `btn-${el.style}`, busy && 'is-busy')}
    aria-label=${el.accessibility_label} aria-busy=${busy} onClick=${onClick}
    onPointerDown=${() => void (pressed.current = el)} onKeyDown=${() => void (pressed.current = null)}
    >${emojiText(el.text.text)}${el.url && html` <small aria-hidden="true">↗</small>`}</button>`;
}

function Overflow({ el, blockId }) {
  const { act, busy } = useElement(el, blockId);
  const items = el.options.map((option) => ({
    label: emojiText(option.text.text),
    hint: emojiText(option.description?.text),
    'data-value': option.value,
    run: () => (openUrl(option.url), void act({ selected_option: option })),
  }));
  return html`<${MenuButton} class=${cx('btn', busy && 'is-busy')} label="More" items=${items}
    data-action-id=${el.action_id}>⋯<//>`;
}

const TEXT_TYPES = { email_text_input: 'email', url_text_input: 'url', number_input: 'number' };

/** Plain, mail, link and number inputs. In an input block with `dispatch_action`, Enter tells the app. */
function TextInput({ el, blockId, silent, ...attributes }) {
  const { value, keep, act } = useElement(el, blockId, silent);
  const triggers = silent ? [] : (el.dispatch_action_config?.trigger_actions_on ?? ['on_enter_pressed']);
  const onInput = (event) => {
    const next = event.currentTarget.value || null;
    keep(next);
    if (triggers.includes('on_character_entered')) void act({ value: next });
  };
  const onKeyDown = (event) => {
    if (event.key !== 'Enter' || el.multiline || !triggers.includes('on_enter_pressed')) return;
    event.preventDefault();
    void act({ value });
  };
  return html`<${el.multiline ? 'textarea' : 'input'} class="input" type=${TEXT_TYPES[el.type] ?? 'text'} rows="4"
    min=${el.min_value} max=${el.max_value} step=${el.is_decimal_allowed ? 'any' : undefined} maxLength=${el.max_length}
    autocomplete="off" placeholder=${el.placeholder?.text} data-action-id=${el.action_id} value=${value ?? ''}
    ...${{ onInput, onKeyDown, ...attributes }} />`;
}

const plainOf = (rich) =>
  rich?.elements?.flatMap(({ elements }) => elements.map(({ text }) => text ?? '')).join('') ?? '';

/** Rich text is typed plain here: the app receives it as one section. */
function RichTextInput({ el, blockId, silent, ...attributes }) {
  const { value, keep } = useElement(el, blockId, silent);
  const rich = (text) =>
    text
      ? { type: 'rich_text', elements: [{ type: 'rich_text_section', elements: [{ type: 'text', text }] }] }
      : null;
  return html`<textarea class="input" rows="4" placeholder=${el.placeholder?.text} data-action-id=${el.action_id}
    value=${plainOf(value)} onInput=${(event) => keep(rich(event.currentTarget.value))} ...${attributes}></textarea>`;
}

const DATES = { datepicker: 'date', timepicker: 'time', datetimepicker: 'datetime-local' };

/** Date, time and date with time; the last one travels as Unix seconds and is shown in the acting person's zone. */
function DateInput({ el, blockId, silent, ...attributes }) {
  const { value, change, busy } = useElement(el, blockId, silent);
  const isUnix = el.type === 'datetimepicker';
  const onChange = ({ currentTarget: { value: typed } }) =>
    void change(typed ? (isUnix ? zonedToUnix(typed, zone()) : typed) : null);
  return html`<input class=${cx('input', busy && 'is-busy')} type=${DATES[el.type]}
    data-action-id=${el.action_id} aria-label=${attributes.id ? undefined : (el.placeholder?.text ?? 'Date or time')}
    value=${(isUnix && value ? unixToZoned(value, zone()) : value) ?? ''} onChange=${onChange} ...${attributes} />`;
}

/** Checkboxes and radio buttons. */
function OptionInput({ el, blockId, silent, id: _id, ...attributes }) {
  const { value, change, busy } = useElement(el, blockId, silent);
  const name = useId();
  const isMulti = el.type === 'checkboxes';
  const has = (option) => [value].flat().some((one) => one?.value === option.value);
  // In the order of the options, as Slack sends them.
  const toggled = (option) => el.options.filter((one) => (one.value === option.value ? !has(one) : has(one)));
  return html`<div class=${cx('options', busy && 'is-busy')} role=${isMulti ? 'group' : 'radiogroup'} ...${attributes}>
    ${el.options.map(
      (option) => html`<label key=${option.value}>
      <input type=${isMulti ? 'checkbox' : 'radio'} name=${name} checked=${has(option)} data-action-id=${el.action_id}
        data-value=${option.value} onChange=${() => void change(isMulti ? toggled(option) : option)} />
      <span><${Text} of=${option.text} />${option.description && html`<small><${Text} of=${option.description} /></small>`}</span>
    </label>`,
    )}
  </div>`;
}

/** A file input. Files travel by name with their text, which is enough for lists and notes. */
function FileInput({ el, blockId, ...attributes }) {
  const { value, keep } = useElement(el, blockId, true);
  const read = async (event) => {
    const picked = [...event.currentTarget.files].map(async (file) => ({
      name: file.name,
      filetype: file.name.split('.').at(-1),
      mimetype: file.type,
      size: file.size,
      content: await file.text(),
    }));
    keep(await Promise.all(picked));
  };
  return html`<div>
    <input type="file" class="input" data-action-id=${el.action_id} multiple=${(el.max_files ?? 10) > 1}
      accept=${el.filetypes?.map((type) => `.${type}`).join()} onChange=${read} ...${attributes} />
    <small>${value?.map(({ name }) => name).join(', ')}</small>
  </div>`;
}

const optionChoice = (option, group) => ({
  id: option.value,
  label: emojiText(option.text?.text),
  hint: emojiText(option.description?.text),
  group,
  raw: option,
});
const channelChoice = (channel) => ({ id: channel.id, label: titleOf(channel) });

/** Where the choices of each select come from. */
const CHOICES = {
  static: ({ options = [], option_groups: groups = [{ options }] }) =>
    groups.flatMap((group) =>
      group.options.map((option) => optionChoice(option, emojiText(group.label?.text))),
    ),
  users: () => people().map((user) => ({ id: user.id, label: user.real_name || user.name, isUser: true })),
  channels: () => state.channels.filter((one) => !one.is_im && !one.is_private).map(channelChoice),
  conversations: ({ filter }) => {
    const { channels, directs } = conversations();
    const withApps = state.apps.map(directWith).filter((one) => !one.toCome && !filter?.exclude_bot_users);
    const kindOf = (one) => (one.is_im ? 'im' : one.is_private ? 'private' : 'public');
    const all = [...channels, ...directs, ...withApps];
    return all.filter((one) => filter?.include?.includes(kindOf(one)) ?? true).map(channelChoice);
  },
};

function Choices({ entries, chosen, el, onPick, onDone }) {
  const [query, setQuery] = useState('');
  const found = entries.filter(({ label }) => label.toLowerCase().includes(query.trim().toLowerCase()));
  const isFull = onDone && chosen.length >= (el.max_selected_items ?? Infinity);
  const onKeyDown = (event) => {
    if (event.key !== 'Enter' || event.target.tagName !== 'INPUT') return roving(event, '[role=option]');
    event.preventDefault();
    if (found[0]) onPick(found[0]);
  };
  return html`<div onKeyDown=${onKeyDown}>
    ${
      entries.length > 6 &&
      html`<input class="input" placeholder="Search" aria-label="Search the choices"
      value=${query} onInput=${(event) => setQuery(event.currentTarget.value)} />`
    }
    <div role="listbox" aria-multiselectable=${Boolean(onDone)} aria-label="Choices">
      ${found.map((entry, index) => [
        entry.group &&
          entry.group !== found[index - 1]?.group &&
          html`<div class="menu-heading">${entry.group}</div>`,
        html`<button type="button" role="option" key=${entry.id} class="menu-item row" data-value=${entry.id}
          aria-selected=${chosen.includes(entry.id)} disabled=${isFull && !chosen.includes(entry.id)}
          onClick=${() => onPick(entry)}>
          ${entry.isUser && html`<${Avatar} id=${entry.id} size=${20} />`}
          <span class="grow">${entry.label}${entry.hint && html`<small>${entry.hint}</small>`}</span>
        </button>`,
      ])}
      ${found.length === 0 && html`<div class="menu-heading">No matches</div>`}
    </div>
    ${onDone && html`<button type="button" class="btn btn-small " onClick=${onDone}>Done</button>`}
  </div>`;
}

/** Any select menu, single or multi, as a filterable list beside its button. */
function Select({ el, blockId, silent, ...attributes }) {
  const isMulti = el.type.startsWith('multi_');
  const { value, key, keep, change, act, busy } = useElement(el, blockId, silent);
  const { open, setOpen, anchor, close } = usePopover();
  const touched = useRef(false);
  const entries = CHOICES[el.type.replace(/^multi_|_select$/g, '')](el);
  const picked = [value].flat().filter(Boolean);
  const chosen = picked.map((one) => one.value ?? one);
  const labels = chosen.map((id) => entries.find((known) => known.id === id)?.label ?? id);

  const done = (refocus) => {
    close(refocus);
    // Slack tells the app about a multi-select once, when its menu closes.
    if (touched.current && !silent) void act({ [key]: picked });
    touched.current = false;
  };
  const pick = ({ id, raw = id }) => {
    if (!isMulti) return (close(true), void change(raw));
    touched.current = true;
    keep(chosen.includes(id) ? picked.filter((_, index) => chosen[index] !== id) : [...picked, raw]);
  };
  const onKeyDown = (event) => event.key === 'ArrowDown' && (event.preventDefault(), setOpen(true));
  const shown = isMulti ? labels.map((label) => html`<span class="chip">${label}</span>`) : labels[0];
  return html`<button ref=${anchor} type="button" class=${cx('input select', busy && 'is-busy')}
      data-action-id=${el.action_id} aria-haspopup="listbox" aria-expanded=${open} onKeyDown=${onKeyDown}
      onClick=${() => (open ? done(true) : setOpen(true))} ...${attributes}>
      ${labels.length > 0 ? shown : html`<span class="muted">${emojiText(el.placeholder?.text) || 'Select…'}</span>`}
    </button>
    ${
      open &&
      html`<${Popover} anchor=${anchor} onClose=${done}>
      <${Choices} entries=${entries} chosen=${chosen} el=${el} onPick=${pick} onDone=${isMulti && (() => done(true))} />
    <//>`
    }`;
}

const RENDERERS = {
  button: Button,
  overflow: Overflow,
  image: ({ el }) => html`<img class="thumb" src=${el.image_url ?? el.slack_file?.url} alt=${el.alt_text} />`,
  ...Object.fromEntries(Object.keys(DATES).map((type) => [type, DateInput])),
  ...Object.fromEntries(['plain_text_input', ...Object.keys(TEXT_TYPES)].map((type) => [type, TextInput])),
  rich_text_input: RichTextInput,
  checkboxes: OptionInput,
  radio_buttons: OptionInput,
  file_input: FileInput,
  ...Object.fromEntries(
    Object.keys(CHOICES)
      .flatMap((kind) => [`${kind}_select`, `multi_${kind}_select`])
      .map((type) => [type, Select]),
  ),
};

/** Any interactive element or image; the other properties go to its field (`id`, `aria-…`). */
export function Element({ el, ...rest }) {
  const Renderer = RENDERERS[el.type];
  return Renderer
    ? html`<${Renderer} el=${el} ...${rest} />`
    : html`<small>The Sandbox can’t show “${el.type}”.</small>`;
}
