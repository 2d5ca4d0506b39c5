import { useState } from 'preact/hooks';
import { Chart } from './charts.js';
import { Element } from './elements.js';
import { emojiText } from './emoji.js';
import { cx, html } from './html.js';
import { Markdown } from './markdown.js';
import { Link, Mrkdwn, Text } from './mrkdwn.js';
import { RichText } from './rich-text.js';
import { blockIdOf } from './scope.js';
import { DataTable, Table } from './tables.js';

function Section({ block, blockId }) {
  return html`<div class=${cx('b-section', block.accessory && 'has-accessory')}>
    <div class="b-section-text">
      ${block.text && html`<div><${Text} of=${block.text} /></div>`}
      ${
        block.fields &&
        html`<div class="fields">
          ${block.fields.map((field) => html`<div><${Text} of=${field} /></div>`)}
        </div>`
      }
    </div>
    ${block.accessory && html`<div class="accessory"><${Element} el=${block.accessory} blockId=${blockId} /></div>`}
  </div>`;
}

function Image({ block }) {
  const [open, setOpen] = useState(true);
  const title = emojiText(block.title?.text);
  const url = block.image_url ?? block.slack_file?.url;
  return html`<figure class="b-image">
    ${
      title &&
      html`<figcaption>
        <button type="button" class="plain" aria-expanded=${open} onClick=${() => setOpen(!open)}>
          ${title} <span class="fold" aria-hidden="true">${open ? '▾' : '▸'}</span>
        </button>
      </figcaption>`
    }
    ${open && html`<img src=${url} alt=${block.alt_text} loading="lazy" />`}
  </figure>`;
}

/** Label, field, hint and what is wrong with it. `error` comes from the app or from a required input left empty. */
function Input({ block, blockId, error }) {
  const el = block.element;
  const id = `field-${blockId}-${el.action_id}`;
  const described =
    [error && `${id}-error`, block.hint && `${id}-hint`].filter(Boolean).join(' ') || undefined;
  const several = el.type === 'checkboxes' || el.type === 'radio_buttons';
  return html`<div
    class=${cx('b-input', error && 'has-error')}
    data-block-id=${blockId}
    role=${several ? 'group' : undefined}
    aria-label=${several ? block.label.text : undefined}
  >
    <label for=${several ? undefined : id}
      >${emojiText(block.label.text)}
      ${block.optional && html` <span class="optional">(optional)</span>`}</label
    >
    <${Element}
      el=${el}
      blockId=${blockId}
      id=${id}
      silent=${!block.dispatch_action}
      describedBy=${described}
      invalid=${Boolean(error)}
    />
    ${error && html`<div class="field-error" id=${`${id}-error`} role="alert">${error}</div>`}
    ${block.hint && html`<div class="hint" id=${`${id}-hint`}>${emojiText(block.hint.text)}</div>`}
  </div>`;
}

function Video({ block }) {
  return html`<div class="b-video">
    ${block.thumbnail_url && html`<img src=${block.thumbnail_url} alt=${block.alt_text ?? ''} />`}
    <div>
      <${Link} url=${block.title_url ?? block.video_url}><b>${block.title?.text}</b><//>
      ${block.description && html`<div class="muted">${block.description.text}</div>`}
    </div>
  </div>`;
}

const Context = ({ block }) =>
  html`<div class="b-context">
    ${block.elements.map((element) =>
      element.type === 'image'
        ? html`<img src=${element.image_url} alt=${element.alt_text} />`
        : html`<span><${Text} of=${element} /></span>`,
    )}
  </div>`;

const Actions = ({ block, blockId }) =>
  html`<div class="b-actions">
    ${block.elements.map((el, index) => html`<${Element} key=${el.action_id ?? index} el=${el} blockId=${blockId} />`)}
  </div>`;

const ALERT_ICONS = { default: 'ℹ️', info: 'ℹ️', warning: '⚠️', error: '⛔', success: '✅' };
const Alert = ({ block }) =>
  html`<div class="b-alert" data-level=${block.level ?? 'default'} role="note">
    <span aria-hidden="true">${ALERT_ICONS[block.level ?? 'default']}</span>
    <div><${Text} of=${block.text} /></div>
  </div>`;

const RENDERERS = {
  header: ({ block }) => html`<h3 class="b-header">${emojiText(block.text.text)}</h3>`,
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
  video: Video,
  file: ({ block }) => html`<div class="file-card">📄 ${block.external_id}</div>`,
  alert: Alert,
};

/** A list of blocks, in a message, a modal or the App Home. `errors` are by block id. */
export function Blocks({ blocks = [], errors = {} }) {
  return html`<div class="blocks">
    ${blocks.map((block, index) => {
      const blockId = blockIdOf(block, index);
      const Renderer = RENDERERS[block.type];
      if (!Renderer)
        return html`<div class="unsupported">The Sandbox can’t show a “${block.type}” block.</div>`;
      const extra =
        block.type === 'markdown' ? { text: block.text } : { block, blockId, error: errors[blockId] };
      return html`<${Renderer} key=${`${block.type}-${blockId}`} ...${extra} />`;
    })}
  </div>`;
}

const NAMED = { good: '#2eb67d', warning: '#ecb22e', danger: '#e01e5a' };
const colourOf = (color) =>
  NAMED[color] ?? (/^#?[0-9a-f]{3,8}$/i.test(color ?? '') ? `#${color.replace('#', '')}` : null);

/** One classic attachment: a bar in its colour, then its old-style fields or its own blocks. */
export function Attachment({ of }) {
  const colour = colourOf(of.color);
  const bare = !of.blocks && !of.text && !of.title && !of.fields && !of.pretext;
  return html`<div class="attachment-wrap">
    ${of.pretext && html`<div><${Mrkdwn} text=${of.pretext} /></div>`}
    <div class="attachment" style=${colour ? `--bar:${colour}` : ''}>
      <div class="attachment-body">
        ${of.author_name && html`<div class="attachment-author">${of.author_name}</div>`}
        ${
          of.title &&
          html`<div>
            <b><${Link} url=${of.title_link ?? ''}>${of.title}<//></b>
          </div>`
        }
        ${of.text && html`<div><${Mrkdwn} text=${of.text} /></div>`}
        ${bare && of.fallback && html`<div><${Mrkdwn} text=${of.fallback} /></div>`}
        ${
          of.fields &&
          html`<div class="fields">
            ${of.fields.map(
              (field) =>
                html`<div class=${cx(!field.short && 'is-long')}>
                  <b>${field.title}</b>
                  <div><${Mrkdwn} text=${String(field.value ?? '')} /></div>
                </div>`,
            )}
          </div>`
        }
        ${of.blocks && html`<${Blocks} blocks=${of.blocks} />`}
        ${of.image_url && html`<img class="attachment-image" src=${of.image_url} alt=${of.fallback ?? ''} />`}
        ${of.footer && html`<div class="muted">${of.footer}</div>`}
      </div>
      ${of.thumb_url && html`<img class="thumb" src=${of.thumb_url} alt="" />`}
    </div>
  </div>`;
}
