import { cx, html } from './html.js';
import { useContext, useRef, useState } from 'preact/hooks';
import { emojiText } from './emoji.js';
import { Text } from './mrkdwn.js';
import { Scope, useElement } from './scope.js';
import { zone } from './store.js';
import { unixToZoned, zonedToUnix } from './time.js';

const TEXT_TYPES = { email_text_input: 'email', url_text_input: 'url', number_input: 'number' };

/** Plain, mail, link and number inputs. In an input block with `dispatch_action`, Enter tells the app. */
export function TextInput({ el, blockId, silent, id, describedBy, invalid }) {
  const { value, keep, act } = useElement(el, blockId, { silent });
  const triggers = el.dispatch_action_config?.trigger_actions_on ?? ['on_enter_pressed'];
  const current = value?.value ?? '';
  const attributes = {
    id,
    value: current,
    'data-action-id': el.action_id,
    'aria-describedby': describedBy,
    'aria-invalid': invalid || undefined,
    placeholder: el.placeholder?.text,
    maxLength: el.max_length,
    onInput: (event) => {
      const next = event.currentTarget.value;
      keep({ value: next === '' ? null : next });
      if (!silent && triggers.includes('on_character_entered')) void act({ value: next });
    },
    onKeyDown: (event) => {
      if (event.key !== 'Enter' || silent || !triggers.includes('on_enter_pressed') || el.multiline) return;
      event.preventDefault();
      void act({ value: current });
    },
  };
  if (el.multiline) return html`<textarea class="input" rows="4" ...${attributes}></textarea>`;
  const step = el.type === 'number_input' ? (el.is_decimal_allowed ? 'any' : '1') : undefined;
  return html`<input
    class="input"
    type=${TEXT_TYPES[el.type] ?? 'text'}
    min=${el.min_value}
    max=${el.max_value}
    step=${step}
    autocomplete="off"
    ...${attributes}
  />`;
}

/** Date, time and date-with-time; the last one travels as Unix seconds and is shown in the acting person's zone. */
export function DateInput({ el, blockId, silent, id, describedBy }) {
  const { value, change, busy } = useElement(el, blockId, { silent });
  const kinds = {
    datepicker: ['date', 'selected_date', (v) => v ?? '', (v) => v],
    timepicker: ['time', 'selected_time', (v) => v ?? '', (v) => v],
    datetimepicker: [
      'datetime-local',
      'selected_date_time',
      (v) => (v ? unixToZoned(v, zone()) : ''),
      (v) => zonedToUnix(v, zone()),
    ],
  };
  const [type, key, show, read] = kinds[el.type];
  return html`<input
    class=${cx('input input-date', busy && 'is-busy')}
    type=${type}
    id=${id}
    data-action-id=${el.action_id}
    aria-describedby=${describedBy}
    aria-label=${id ? undefined : (el.placeholder?.text ?? el.action_id)}
    value=${show(value?.[key])}
    onChange=${(event) => {
      const typed = event.currentTarget.value;
      void change({ [key]: typed ? read(typed) : null });
    }}
  />`;
}

/** Checkboxes and radio buttons. */
export function OptionInput({ el, blockId, silent, describedBy }) {
  const { value, change, busy } = useElement(el, blockId, { silent });
  const { form } = useContext(Scope);
  const name = useRef(
    `${form ? 'f' : 'm'}-${blockId}-${el.action_id}-${Math.random().toString(36).slice(2, 7)}`,
  ).current;
  const multi = el.type === 'checkboxes';
  const chosen = multi ? (value?.selected_options ?? []) : [value?.selected_option].filter(Boolean);
  const has = (option) => chosen.some((one) => one.value === option.value);
  const toggle = (option) => {
    if (!multi) return change({ selected_option: option });
    // In the order of the options, as Slack sends them.
    const next = el.options.filter((one) => (one.value === option.value ? !has(one) : has(one)));
    return change({ selected_options: next });
  };
  return html`<div
    class=${cx('options', busy && 'is-busy')}
    role=${multi ? 'group' : 'radiogroup'}
    aria-describedby=${describedBy}
  >
    ${el.options.map(
      (option) =>
        html`<label class="option" key=${option.value}>
          <input
            type=${multi ? 'checkbox' : 'radio'}
            name=${name}
            checked=${has(option)}
            data-action-id=${el.action_id}
            data-value=${option.value}
            onChange=${() => void toggle(option)}
          />
          <span
            ><${Text}
              of=${option.text}
            />${option.description && html`<small><${Text} of=${option.description} /></small>`}</span
          >
        </label>`,
    )}
  </div>`;
}

/** A file input. Files travel by name with their text, which is enough for lists and notes. */
export function FileInput({ el, blockId, id, describedBy }) {
  const { value, keep } = useElement(el, blockId, { silent: true });
  const [reading, setReading] = useState(false);
  const read = async (event) => {
    setReading(true);
    const picked = [...event.currentTarget.files].slice(0, el.max_files ?? 10);
    const files = await Promise.all(
      picked.map(async (file) => ({
        name: file.name,
        mimetype: file.type,
        size: file.size,
        content: await file.text(),
      })),
    );
    keep({ files });
    setReading(false);
  };
  const names = (value?.files ?? []).map((file) => file.name).join(', ');
  return html`<div class="file-input">
    <input
      type="file"
      id=${id}
      data-action-id=${el.action_id}
      aria-describedby=${describedBy}
      multiple=${(el.max_files ?? 10) > 1}
      accept=${el.filetypes?.map((type) => `.${type}`).join(',')}
      onChange=${read}
    />
    ${(reading || names) && html`<small>${reading ? 'Reading…' : emojiText(names)}</small>`}
  </div>`;
}
