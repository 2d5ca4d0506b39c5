import { nameToEmoji } from 'gemoji';
import { channelById, hashOf, nameOf, state, zone } from './store.js';
import { slackDate } from './time.js';
import { cx, html } from './ui.js';

/** Slack has a few names of its own: `large_green_circle`, `thinking_face`. */
const emojiOf = (name) => nameToEmoji[name] ?? nameToEmoji[name.replace(/^large_|_(face|pad)$/g, '')];

/** Replaces emoji names in plain text; an unknown one stays readable. */
export const emojiText = (text = '') => text.replace(/:([\w+-]+):/g, (whole, name) => emojiOf(name) ?? whole);

/** A link that can't run script. Permalinks of this workspace stay inside the page. */
export function Link({ url = '', children }) {
  const inside = /\/archives\/(\w+)\/p(\d+)(\d{6})(?:\?.*thread_ts=([\d.]+))?/.exec(url);
  if (inside)
    return html`<a href=${hashOf(inside[1], inside[4], `${inside[2]}.${inside[3]}`)}>${children}</a>`;
  if (!/^(https?:|mailto:|tel:)/i.test(url)) return children;
  return html`<a href=${url} target="_blank" rel="noopener noreferrer">${children}</a>`;
}

/** The inline elements of rich text; mrkdwn is read into the same. */
const ELEMENTS = {
  link: ({ url, text = url }) => html`<${Link} url=${url}>${text}<//>`,
  emoji: ({ name }) => html`<span title=${`:${name}:`}>${emojiText(`:${name}:`)}</span>`,
  user: ({ user_id: id }) =>
    html`<span class=${cx('mention', id === state.me && 'is-me')} data-user=${id}>@${nameOf(id)}</span>`,
  channel: ({ channel_id: id, label = 'private channel' }) =>
    html`<a class="mention" href=${hashOf(id)}>#${channelById(id)?.name ?? label}</a>`,
  usergroup: ({ label = '@group' }) => html`<span class="mention">${label}</span>`,
  broadcast: ({ range }) => html`<span class="mention is-me">@${range}</span>`,
  color: ({ value }) => html`<code><i class="swatch" style=${`background:${value}`} /> ${value}</code>`,
  date({ timestamp, format, url, fallback, isStart }) {
    const title = slackDate(timestamp, '{date_long} at {time}', zone(), state.now);
    const text = slackDate(timestamp, format, zone(), state.now, isStart) ?? fallback;
    return html`<${Link} url=${url}><time title=${title}>${text}</time><//>`;
  },
};

/** Slack escapes exactly three characters; everything else is literal. */
const unescape = (text = '') => text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');

/** What stands between `<` and `>`. */
function angle(body, isStart) {
  const [target, label] = body.split(/\|(.*)/s);
  const [, kind, rest] = /^(@|#|!date\^|!subteam\^|!|)(.*)/s.exec(target);
  const [timestamp, format, url] = rest.split('^');
  const address = unescape(target);
  const readers = {
    '@': () => ELEMENTS.user({ user_id: rest }),
    '#': () => ELEMENTS.channel({ channel_id: rest, label }),
    '!subteam^': () => ELEMENTS.usergroup({ label }),
    '!': () => label ?? ELEMENTS.broadcast({ range: rest }),
    '!date^': () => ELEMENTS.date({ timestamp, format, url, fallback: unescape(label), isStart }),
    '': () =>
      ELEMENTS.link({ url: address, text: label ? inline(label) : address.replace(/^(mailto|tel):/, '') }),
  };
  return readers[kind]();
}

/** `*bold*` and its like: not inside a word, not around spaces, and never across a link that holds the mark. */
const styled = (mark, name) =>
  `(?<![\\p{L}\\p{N}${mark}])[${mark}](?=[^\\s${mark}])(?<${name}>(?:<[^<>\\n]*>|\`[^\`\\n]*\`|[^${mark}\\n<])+?)` +
  `(?<=\\S)[${mark}](?![\\p{L}\\p{N}${mark}])`;

const INLINE = new RegExp(
  [
    '`(?<code>[^`\\n]+)`',
    '<(?<angle>[^<>\\n]+)>',
    ':(?<emoji>[a-z0-9_+\\-]+):(?::skin-tone-\\d:)?',
    ...[styled('*', 'strong'), styled('_', 'em'), styled('~', 's')],
    '(?<url>https?:\\/\\/[^\\s<>\\|]+[^\\s<>\\|.,;:!?\\)\'"*_~`])',
  ].join('|'),
  'gu',
);
const tagged = (tag) => (text, isStart) => html`<${tag}>${inline(text, isStart)}<//>`;
const MARKS = {
  code: (text) => html`<code>${unescape(text)}</code>`,
  angle,
  emoji: (name) => ELEMENTS.emoji({ name }),
  strong: tagged('strong'),
  em: tagged('em'),
  s: tagged('s'),
  url: (url) => ELEMENTS.link({ url: unescape(url) }),
};

/** Inline mrkdwn → nodes, never HTML. */
function inline(text, isStart = false) {
  const out = [];
  let end = 0;
  for (const match of text.matchAll(INLINE)) {
    const [mark, body] = Object.entries(match.groups).find(([, found]) => found !== undefined);
    out.push(unescape(text.slice(end, match.index)));
    out.push(MARKS[mark](body, isStart && text.slice(0, match.index).trim() === ''));
    end = match.index + match[0].length;
  }
  return [...out, unescape(text.slice(end))];
}

/** A text in Slack's mrkdwn: fences, quotes (lines that begin with `>`) and the rest. Line breaks around a fence belong to it. */
export const Mrkdwn = ({ text = '' }) =>
  text.split(/\n?(```[^]+?```)\n?|((?:^(?:&gt;|>).*\n?)+)/m).map((part, index) => {
    if (!part) return null;
    if (index % 3 === 1) return html`<pre>${unescape(part.slice(3, -3).replace(/^\n|\n$/g, ''))}</pre>`;
    if (index % 3 === 2)
      return html`<blockquote>${inline(part.replace(/^(&gt;|>)+ ?/gm, '').trimEnd())}</blockquote>`;
    return html`<span class="lines">${inline(part.replace(/\n$/, ''), index === 0)}</span>`;
  });

/** A text object, plain or mrkdwn. */
export function Text({ of }) {
  if (!of) return null;
  return of.type === 'mrkdwn'
    ? html`<${Mrkdwn} text=${of.text} />`
    : html`<span class="lines">${emojiText(of.text)}</span>`;
}

const STYLES = { bold: 'strong', italic: 'em', strike: 's', code: 'code', underline: 'u', highlight: 'mark' };

/** Each element in the tags that its `style` asks for. */
const inlines = (elements) =>
  elements.map(({ style = {}, ...element }, index) =>
    Object.entries(STYLES).reduce(
      (inner, [name, tag]) => (style[name] ? html`<${tag}>${inner}<//>` : inner),
      ELEMENTS[element.type]?.({ ...element, isStart: index === 0 }) ?? element.text,
    ),
  );

/** By the depth of a list. */
const BULLETS = { bullet: ['disc', 'circle', 'square'], ordered: ['decimal', 'lower-alpha', 'lower-roman'] };
const PARTS = {
  rich_text_section: ({ elements }) => html`<div class="lines">${inlines(elements)}</div>`,
  rich_text_quote: ({ elements }) => html`<blockquote>${inlines(elements)}</blockquote>`,
  rich_text_preformatted: ({ elements }) => html`<pre>${inlines(elements)}</pre>`,
  rich_text_list({ elements, style, indent = 0, offset = 0 }) {
    const look = `margin-left:${indent * 24}px;list-style:${BULLETS[style][indent % 3]}`;
    const items = elements.map((item) => html`<li>${inlines(item.elements)}</li>`);
    return html`<${style === 'ordered' ? 'ol' : 'ul'} start=${offset + 1} style=${look}>${items}<//>`;
  },
};

/** A `rich_text` block, in a message or in a table cell. */
export const RichText = ({ block }) =>
  html`<div>${block.elements.map((part) => PARTS[part.type]?.(part))}</div>`;
