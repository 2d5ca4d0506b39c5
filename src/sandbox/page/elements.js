import { html, cx } from './html.js';
import { emojiText } from './emoji.js';
import { DateInput, FileInput, OptionInput, TextInput } from './inputs.js';
import { MenuButton } from './popover.js';
import { useElement } from './scope.js';
import { Select } from './selects.js';

const openUrl = (url) => /^https?:/i.test(url) && window.open(url, '_blank', 'noopener');

/** A button. It stays clickable while the app answers, as in Slack. */
function Button({ el, blockId }) {
  const { act, busy } = useElement(el, blockId);
  const style = { primary: 'btn-primary', danger: 'btn-danger' }[el.style];
  const press = async () => {
    const sent = await act({ ...(el.value !== undefined && { value: el.value }), text: el.text });
    return sent;
  };
  const onClick = () => {
    if (el.url && !el.confirm) openUrl(el.url);
    void press().then((sent) => el.url && el.confirm && sent && openUrl(el.url));
  };
  return html`<button
    type="button"
    class=${cx('btn', style, busy && 'is-busy')}
    data-action-id=${el.action_id}
    data-value=${el.value}
    data-url=${el.url}
    aria-label=${el.accessibility_label}
    aria-busy=${busy}
    onClick=${onClick}
  >
    <span>${emojiText(el.text?.text)}</span
    >${el.url && html`<span class="external" aria-hidden="true">↗</span>`}
  </button>`;
}

function Overflow({ el, blockId }) {
  const { act, busy } = useElement(el, blockId);
  const items = el.options.map((option) => ({
    label: emojiText(option.text.text),
    hint: emojiText(option.description?.text),
    'data-value': option.value,
    run: () => {
      if (option.url) openUrl(option.url);
      void act({ selected_option: option });
    },
  }));
  return html`<${MenuButton}
    class=${cx('btn btn-icon', busy && 'is-busy')}
    label="More"
    items=${items}
    data-action-id=${el.action_id}
    >⋯<//
  >`;
}

const RENDERERS = {
  button: Button,
  workflow_button: Button,
  overflow: Overflow,
  datepicker: DateInput,
  timepicker: DateInput,
  datetimepicker: DateInput,
  plain_text_input: TextInput,
  email_text_input: TextInput,
  url_text_input: TextInput,
  number_input: TextInput,
  checkboxes: OptionInput,
  radio_buttons: OptionInput,
  file_input: FileInput,
};

/** Any interactive element or image. `silent` elements only keep their value, as input blocks do. */
export function Element({ el, ...rest }) {
  if (el.type === 'image') return html`<img class="thumb" src=${el.image_url} alt=${el.alt_text} />`;
  const Renderer = RENDERERS[el.type] ?? (el.type.endsWith('_select') ? Select : null);
  if (!Renderer) return html`<span class="unsupported">${el.type}</span>`;
  return html`<${Renderer} el=${el} ...${rest} />`;
}
