import { Chart } from './charts.js';
import { Element } from './elements.js';
import { Table } from './tables.js';
import { Link, Mrkdwn, RichText, Text, emojiText } from './text.js';
import { cx, html } from './ui.js';

const Section = ({ block: { text, fields, accessory }, blockId }) => html`<div class="section">
  <div class="grow">
    <${Text} of=${text} />
    ${fields && html`<div class="fields">${fields.map((field) => html`<div><${Text} of=${field} /></div>`)}</div>`}
  </div>
  ${accessory && html`<div class="accessory"><${Element} key=${accessory.action_id} el=${accessory} blockId=${blockId} /></div>`}
</div>`;

const Picture = ({ of }) =>
  html`<img src=${of.image_url ?? of.slack_file?.url} alt=${of.alt_text} loading="lazy" />`;
const Image = ({ block }) => html`<details class="image" open>
  <summary class="muted small" hidden=${!block.title}>${emojiText(block.title?.text)}</summary><${Picture} of=${block} />
</details>`;

/** Label, field, what is wrong with it and a hint. */
function Input({ block: { element: el, label, hint, optional, dispatch_action: tells }, blockId, error }) {
  const id = `field-${blockId}-${el.action_id}`;
  const isGroup = el.type === 'checkboxes' || el.type === 'radio_buttons';
  const described = cx(error && `${id}-error`, hint && `${id}-hint`) || undefined;
  return html`<div class=${cx('field', error && 'has-error')} data-block-id=${blockId}>
    <label for=${isGroup ? undefined : id}><b>${emojiText(label.text)}</b>${optional && html` <span class="muted">(optional)</span>`}</label>
    <${Element} el=${el} blockId=${blockId} silent=${!tells} id=${id} aria-describedby=${described}
      aria-invalid=${Boolean(error)} aria-label=${isGroup ? label.text : undefined} />
    ${error && html`<div class="bad small" id=${`${id}-error`} role="alert">⚠ ${error}</div>`}
    ${hint && html`<small id=${`${id}-hint`}>${emojiText(hint.text)}</small>`}
  </div>`;
}

/** Buttons keep their place, so that a click survives an update of the message; what holds a value goes by its id. */
const elementKey = ({ type, action_id: id }, index) => (type === 'button' ? index : `${index} ${id}`);
const Actions = ({ block, blockId }) => html`<div class="row wrap actions">
  ${block.elements.map((el, index) => html`<${Element} key=${elementKey(el, index)} el=${el} blockId=${blockId} />`)}
</div>`;

const Context = ({ block }) => html`<div class="row wrap context muted small">
  ${block.elements.map((one) => (one.type === 'image' ? html`<${Picture} of=${one} />` : html`<span><${Text} of=${one} /></span>`))}
</div>`;

/** Standard Markdown, roughly, in the marks of mrkdwn. */
const toMrkdwn = (text) =>
  text
    .replaceAll('<', '&lt;')
    .replace(/(?<![*\w])\*([^*\s][^*]*)\*(?!\*)/g, '_$1_')
    .replace(/^#+ (.*)$/gm, '**$1**')
    .replace(/(\*|~)\1(.+?)\1\1/g, '$1$2$1')
    .replace(/\[([^\]]+)\]\((\S+?)\)/g, '<$2|$1>')
    .replace(/^(\s*)[-*] /gm, '$1• ');

const Unknown = ({ block }) => html`<small>The Sandbox can’t show a “${block.type}” block.</small>`;

const RENDERERS = {
  header: ({ block }) => html`<h3>${emojiText(block.text.text)}</h3>`,
  section: Section,
  divider: () => html`<hr />`,
  context: Context,
  actions: Actions,
  image: Image,
  input: Input,
  rich_text: RichText,
  table: Table,
  data_table: Table,
  data_visualization: Chart,
  markdown: ({ block }) => html`<div><${Mrkdwn} text=${toMrkdwn(block.text)} /></div>`,
  alert: ({ block }) =>
    html`<div class="box pad" data-level=${block.level}><${Text} of=${block.text} /></div>`,
};

/** A list of blocks, in a message, a modal or the App Home. `errors` are by block id. */
export function Blocks({ blocks, errors = {} }) {
  const seen = {};
  const show = (block) => {
    const { type, block_id: blockId } = block;
    seen[type] = (seen[type] ?? 0) + 1;
    // Ids that Slack made up change with every update; the nodes must not.
    const key = type === 'input' ? blockId : `${type} ${seen[type]}`;
    const Renderer = RENDERERS[type] ?? Unknown;
    return html`<${Renderer} key=${key} block=${block} blockId=${blockId} error=${errors[blockId]} />`;
  };
  return html`<div class="blocks">${blocks.map(show)}</div>`;
}

const NAMED = { good: '#2eb67d', warning: '#ecb22e', danger: '#e01e5a' };

/** One classic attachment: a bar in its colour, then its old-style fields or its own blocks. */
export function Attachment({ of }) {
  const { color = '', pretext, title, fields = [], footer } = of;
  const text = of.text ?? (of.blocks || title || fields.length > 0 || pretext ? '' : of.fallback);
  const bar = NAMED[color] ?? (/^#?[\da-f]{3,8}$/i.test(color) ? `#${color.replace('#', '')}` : undefined);
  const field = ({ title: name, value, short }) => html`<div class=${cx(!short && 'is-long')}>
    <b>${name}</b><div><${Mrkdwn} text=${String(value ?? '')} /></div></div>`;
  return html`<div class="attachment">
    <${Mrkdwn} text=${pretext} />
    <div class="bar" style=${{ '--bar': bar }}>
      ${title && html`<div><b><${Link} url=${of.title_link}>${title}<//></b></div>`}
      <${Mrkdwn} text=${text} /><div class="fields">${fields.map(field)}</div>
      ${of.blocks && html`<${Blocks} blocks=${of.blocks} />`}
      ${footer && html`<small>${footer}</small>`}
    </div>
  </div>`;
}
