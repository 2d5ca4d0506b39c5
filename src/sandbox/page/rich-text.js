import { Emoji } from './emoji.js';
import { html } from './html.js';
import { Broadcast, ChannelMention, DateMark, Link, UserMention } from './text.js';

const MARKS = { bold: 'strong', italic: 'em', strike: 's', code: 'code', underline: 'u', highlight: 'mark' };

/** By the depth of a list. */
const BULLETS = { bullet: ['disc', 'circle', 'square'], ordered: ['decimal', 'lower-alpha', 'lower-roman'] };

const ELEMENTS = {
  link: ({ url, text }) => html`<${Link} url=${url}>${text ?? url}<//>`,
  emoji: ({ name }) => html`<${Emoji} name=${name} />`,
  user: ({ user_id: id }) => html`<${UserMention} id=${id} />`,
  channel: ({ channel_id: id }) => html`<${ChannelMention} id=${id} />`,
  usergroup: () => html`<span class="mention">@group</span>`,
  broadcast: ({ range }) => html`<${Broadcast} range=${range} />`,
  color: ({ value }) => html`<code><i class="swatch" style=${`background:${value}`} /> ${value}</code>`,
  date: ({ timestamp, format, url, fallback }) =>
    html`<${DateMark} seconds=${timestamp} template=${format} url=${url} fallback=${fallback} />`,
};

/** Each element in the tags that its `style` asks for. */
const inlines = (elements) =>
  elements.map(({ style = {}, ...element }) =>
    Object.entries(MARKS).reduce(
      (inner, [mark, tag]) => (style[mark] ? html`<${tag}>${inner}<//>` : inner),
      ELEMENTS[element.type]?.(element) ?? element.text,
    ),
  );

const PARTS = {
  rich_text_section: ({ elements }) => html`<div class="lines">${inlines(elements)}</div>`,
  rich_text_quote: ({ elements }) => html`<blockquote>${inlines(elements)}</blockquote>`,
  rich_text_preformatted: ({ elements }) => html`<pre>${inlines(elements)}</pre>`,
  rich_text_list: ({ elements, style, indent = 0, offset = 0 }) =>
    html`<${style === 'ordered' ? 'ol' : 'ul'} start=${offset + 1}
      style=${`margin-left:${indent * 24}px;list-style:${BULLETS[style][indent % 3]}`}>${elements.map((item) => html`<li>${inlines(item.elements)}</li>`)}<//>`,
};

/** A `rich_text` block, in a message or in a table cell. */
export const RichText = ({ block }) =>
  html`<div>${block.elements.map((part) => PARTS[part.type]?.(part))}</div>`;
