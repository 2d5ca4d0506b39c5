import { html } from './html.js';
import { Emoji } from './emoji.js';
import { Broadcast, ChannelMention, DateMark, Link, UserMention } from './mrkdwn.js';

const MARKS = { bold: 'strong', italic: 'em', strike: 's', code: 'code', underline: 'u', highlight: 'mark' };

/** Wraps a node in the tags its `style` asks for. */
const withStyle = (style = {}, node) =>
  Object.entries(MARKS).reduce(
    (inner, [key, tag]) => (style[key] ? html`<${tag}>${inner}<//>` : inner),
    node,
  );

function bare(element) {
  switch (element.type) {
    case 'text':
      return element.text;
    case 'link':
      return html`<${Link} url=${element.url}>${element.text ?? element.url}<//>`;
    case 'emoji':
      return html`<${Emoji} name=${element.name} />`;
    case 'user':
      return html`<${UserMention} id=${element.user_id} />`;
    case 'channel':
      return html`<${ChannelMention} id=${element.channel_id} />`;
    case 'usergroup':
      return html`<span class="mention">@group</span>`;
    case 'broadcast':
      return html`<${Broadcast} range=${element.range} />`;
    case 'color':
      return html`<code><i class="swatch" style=${`background:${element.value}`} /> ${element.value}</code>`;
    case 'date':
      return html`<${DateMark}
        seconds=${element.timestamp}
        template=${element.format}
        url=${element.url}
        fallback=${element.fallback}
      />`;
    default:
      return element.text ?? '';
  }
}

const inlines = (elements = []) => elements.map((element) => withStyle(element.style, bare(element)));

function List({ list }) {
  const tag = list.style === 'ordered' ? 'ol' : 'ul';
  const start = list.style === 'ordered' && list.offset ? list.offset + 1 : undefined;
  return html`<${tag} class="rich-list" data-indent=${list.indent ?? 0} start=${start}>
    ${list.elements.map((item) => html`<li>${inlines(item.elements)}</li>`)}
  <//>`;
}

/** A `rich_text` block, in a message or in a table cell. */
export function RichText({ block }) {
  return html`<div class="rich-text">
    ${block.elements.map((part) => {
      if (part.type === 'rich_text_list') return html`<${List} list=${part} />`;
      if (part.type === 'rich_text_quote')
        return html`<blockquote class="lines">${inlines(part.elements)}</blockquote>`;
      if (part.type === 'rich_text_preformatted') return html`<pre>${inlines(part.elements)}</pre>`;
      return html`<div class="lines">${inlines(part.elements)}</div>`;
    })}
  </div>`;
}
