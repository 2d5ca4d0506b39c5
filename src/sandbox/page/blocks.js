import { Chart } from './charts.js';
import { emojiText } from './emoji.js';
import { cx, html } from './html.js';
import { Element } from './inputs.js';
import { Markdown } from './markdown.js';
import { RichText } from './rich-text.js';
import { DataTable, Table } from './tables.js';
import { Link, Mrkdwn, Text } from './text.js';

const Section = ({ block: { text, fields, accessory }, blockId }) => html`<div class="section">
  <div class="grow">
    <${Text} of=${text} />
    ${fields && html`<div class="fields">${fields.map((field) => html`<div><${Text} of=${field} /></div>`)}</div>`}
  </div>
  ${accessory && html`<div class="accessory"><${Element} key=${accessory.action_id} el=${accessory} blockId=${blockId} /></div>`}
</div>`;

const Image = ({ block }) => html`<details class="image" open>
  ${block.title ? html`<summary class="muted small">${emojiText(block.title.text)}</summary>` : html`<summary hidden></summary>`}
  <img src=${block.image_url ?? block.slack_file?.url} alt=${block.alt_text} loading="lazy" />
</details>`;

/** Label, field, what is wrong with it and a hint. */
function Input({ block: { element: el, label, hint, optional, dispatch_action: tells }, blockId, error }) {
  const id = `field-${blockId}-${el.action_id}`;
  const isGroup = el.type === 'checkboxes' || el.type === 'radio_buttons';
  const described = cx(error && `${id}-error`, hint && `${id}-hint`) || undefined;
  return html`<div class=${cx('field', error && 'has-error')} data-block-id=${blockId}>
    <label for=${isGroup ? undefined : id}><b>${emojiText(label.text)}</b>
      ${optional && html` <span class="muted">(optional)</span>`}</label>
    <${Element} el=${el} blockId=${blockId} silent=${!tells} id=${id} aria-describedby=${described}
      aria-invalid=${Boolean(error)} aria-label=${isGroup ? label.text : undefined} />
    ${error && html`<div class="field-error small" id=${`${id}-error`} role="alert">⚠ ${error}</div>`}
    ${hint && html`<small id=${`${id}-hint`}>${emojiText(hint.text)}</small>`}
  </div>`;
}

/** Buttons keep their place, so that a click survives an update of the message; what holds a value goes by its id. */
const elementKey = ({ type, action_id: id }, index) => (type === 'button' ? index : `${index} ${id}`);
const Actions = ({ block, blockId }) => html`<div class="row wrap">
  ${block.elements.map((el, index) => html`<${Element} key=${elementKey(el, index)} el=${el} blockId=${blockId} />`)}
</div>`;

const Context = ({ block }) => html`<div class="row wrap context muted small">
  ${block.elements.map((one) =>
    one.type === 'image'
      ? html`<img src=${one.image_url ?? one.slack_file?.url} alt=${one.alt_text} />`
      : html`<span><${Text} of=${one} /></span>`,
  )}
</div>`;

const ALERTS = { default: 'ℹ️', info: 'ℹ️', warning: '⚠️', error: '⛔', success: '✅' };
const Alert = ({
  block: { level = 'default', text },
}) => html`<div class="row box pad" data-level=${level} role="note">
  <span aria-hidden="true">${ALERTS[level]}</span><div class="grow"><${Text} of=${text} /></div>
</div>`;

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
  data_table: DataTable,
  data_visualization: Chart,
  markdown: Markdown,
  alert: Alert,
};

/** A list of blocks, in a message, a modal or the App Home. `errors` are by block id. */
export function Blocks({ blocks, errors = {} }) {
  const seen = {};
  return html`<div class="blocks">
    ${blocks.map((block) => {
      const { type, block_id: blockId } = block;
      seen[type] = (seen[type] ?? 0) + 1;
      // Ids that Slack made up change with every update; the nodes must not.
      const key = type === 'input' ? blockId : `${type} ${seen[type]}`;
      const Renderer = RENDERERS[type];
      if (!Renderer) return html`<small key=${key}>The Sandbox can’t show a “${type}” block.</small>`;
      return html`<${Renderer} key=${key} block=${block} blockId=${blockId} error=${errors[blockId]} />`;
    })}
  </div>`;
}

const NAMED = { good: '#2eb67d', warning: '#ecb22e', danger: '#e01e5a' };
const barOf = (color = '') =>
  NAMED[color] ?? (/^#?[\da-f]{3,8}$/i.test(color) ? `#${color.replace('#', '')}` : undefined);

/** One classic attachment: a bar in its colour, then its old-style fields or its own blocks. */
export function Attachment({ of }) {
  const text = of.text ?? (of.blocks || of.title || of.fields || of.pretext ? '' : of.fallback);
  return html`<div class="attachment">
    <${Mrkdwn} text=${of.pretext} />
    <div class="section bar" style=${{ '--bar': barOf(of.color) }}>
      <div class="grow">
        ${of.author_name && html`<small>${of.author_name}</small>`}
        ${of.title && html`<div><b><${Link} url=${of.title_link}>${of.title}<//></b></div>`}
        <${Mrkdwn} text=${text} />
        ${
          of.fields &&
          html`<div class="fields">
          ${of.fields.map(
            ({ title, value, short }) => html`<div class=${cx(!short && 'is-long')}>
            <b>${title}</b><div><${Mrkdwn} text=${String(value ?? '')} /></div>
          </div>`,
          )}
        </div>`
        }
        ${of.blocks && html`<${Blocks} blocks=${of.blocks} />`}
        ${of.image_url && html`<div class="image"><img src=${of.image_url} alt=${of.fallback ?? ''} /></div>`}
        ${of.footer && html`<small>${of.footer}</small>`}
      </div>
      ${of.thumb_url && html`<img class="thumb" src=${of.thumb_url} alt="" />`}
    </div>
  </div>`;
}
