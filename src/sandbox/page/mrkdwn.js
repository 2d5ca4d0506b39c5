import { cx, html } from './html.js';
import { Emoji, emojiText, knowsEmoji } from './emoji.js';
import { nameOf } from './people.js';
import { channelById, hashOf, state, zone } from './store.js';
import { slackDate } from './time.js';

/** Slack escapes exactly three characters; everything else is literal. */
export const unescape = (text = '') =>
  text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');

/** A link that can't run script. Permalinks of this workspace stay inside the page. */
export function Link({ url, children }) {
  const inside = /\/archives\/(\w+)\/p(\d+)(\d{6})(?:\?.*thread_ts=([\d.]+))?/.exec(url);
  if (inside) {
    const ts = `${inside[2]}.${inside[3]}`;
    return html`<a href=${hashOf(inside[1], inside[4], ts)}>${children}</a>`;
  }
  if (!/^(https?:|mailto:|tel:)/i.test(url)) return children;
  return html`<a href=${url} target="_blank" rel="noopener noreferrer">${children}</a>`;
}

export const UserMention = ({ id }) =>
  html`<span class=${cx('mention', id === state.me && 'is-me')} data-user=${id}>@${nameOf(id)}</span>`;

export function ChannelMention({ id, label }) {
  const name = channelById(id)?.name ?? label;
  return html`<a class="mention" href=${hashOf(id)}>#${name ?? 'private channel'}</a>`;
}

export const Broadcast = ({ range }) => html`<span class="mention is-me">@${range}</span>`;

/** A date in the acting person's own zone; hovering shows the whole of it. */
export function DateMark({ seconds, template, url, fallback }) {
  const tz = zone();
  const text = slackDate(seconds, template, tz, state.now) ?? fallback ?? '';
  const title = slackDate(seconds, '{date_long} at {time}', tz, state.now) ?? '';
  const time = html`<time title=${title}>${text}</time>`;
  return url ? html`<${Link} url=${url}>${time}<//>` : time;
}

function angle(body) {
  const [target, label] = body.split(/\|(.*)/s);
  if (target.startsWith('@')) return html`<${UserMention} id=${target.slice(1)} />`;
  if (target.startsWith('#')) return html`<${ChannelMention} id=${target.slice(1)} label=${label} />`;
  if (target.startsWith('!date^')) {
    const [, seconds, template, url] = target.split('^');
    return html`<${DateMark}
      seconds=${Number(seconds)}
      template=${template}
      url=${url}
      fallback=${unescape(label)}
    />`;
  }
  if (/^!(here|channel|everyone)$/.test(target)) return html`<${Broadcast} range=${target.slice(1)} />`;
  if (target.startsWith('!subteam^')) return html`<span class="mention">${label ?? '@group'}</span>`;
  if (target.startsWith('!')) return label ?? target;
  const shown = label ? inline(label) : unescape(target).replace(/^(mailto|tel):/, '');
  return html`<${Link} url=${unescape(target)}>${shown}<//>`;
}

/** `*bold*` and its like: not inside a word, not around spaces, and never across a link that holds the mark. */
const styled = (mark) =>
  `(?<![\\p{L}\\p{N}${mark}])[${mark}](?=[^\\s${mark}])` +
  `((?:<[^<>\\n]*>|\`[^\`\\n]*\`|[^${mark}\\n<])+?)` +
  `(?<=\\S)[${mark}](?![\\p{L}\\p{N}${mark}])`;

const INLINE = new RegExp(
  [
    '`([^`\\n]+)`',
    '<([^<>\\n]+)>',
    ':([a-z0-9_+-]+(?:::skin-tone-\\d)?):',
    styled('*'),
    styled('_'),
    styled('~'),
    'https?://[^\\s<>|]+[^\\s<>|.,;:!?)\'"*_~`]',
  ].join('|'),
  'gu',
);

/** Inline mrkdwn → nodes. Only nodes are made, never HTML. */
export function inline(text) {
  const out = [];
  let end = 0;
  for (const match of text.matchAll(INLINE)) {
    if (match.index > end) out.push(unescape(text.slice(end, match.index)));
    end = match.index + match[0].length;
    const [whole, code, target, emoji, bold, italic, strike] = match;
    if (code !== undefined) out.push(html`<code>${unescape(code)}</code>`);
    else if (target !== undefined) out.push(angle(target));
    else if (emoji !== undefined) out.push(knowsEmoji(emoji) ? html`<${Emoji} name=${emoji} />` : whole);
    else if (bold !== undefined) out.push(html`<strong>${inline(bold)}</strong>`);
    else if (italic !== undefined) out.push(html`<em>${inline(italic)}</em>`);
    else if (strike !== undefined) out.push(html`<s>${inline(strike)}</s>`);
    else out.push(html`<${Link} url=${unescape(whole)}>${unescape(whole)}<//>`);
  }
  if (end < text.length) out.push(unescape(text.slice(end)));
  return out;
}

function paragraphs(text) {
  const groups = [];
  let rest = false;
  for (const line of text.split('\n')) {
    const open = /^(?:&gt;|>)(&gt;&gt;|>>)? ?/.exec(line);
    const quoted = rest || open !== null;
    if (open?.[1]) rest = true;
    const content = open && !(rest && !open[1]) ? line.slice(open[0].length) : line;
    const last = groups.at(-1);
    if (last?.quoted === quoted) last.lines.push(content);
    else groups.push({ quoted, lines: [content] });
  }
  return groups.map(({ quoted, lines }) =>
    quoted
      ? html`<blockquote>${inline(lines.join('\n'))}</blockquote>`
      : html`<span class="lines">${inline(lines.join('\n'))}</span>`,
  );
}

/** A text in Slack's mrkdwn. */
export function Mrkdwn({ text = '' }) {
  const parts = text.split(/```\n?([\s\S]+?)\n?```/);
  return html`<span class="mrkdwn">
    ${parts.map((part, index) => {
      if (index % 2 === 1) return html`<pre>${unescape(part)}</pre>`;
      // A fence is a block of its own: the line breaks around it would only add empty lines.
      const text_ = index > 0 ? part.replace(/^\n/, '') : part;
      return text_ === '' ? null : paragraphs(index < parts.length - 1 ? text_.replace(/\n$/, '') : text_);
    })}
  </span>`;
}

/** A text object, plain or mrkdwn. */
export function Text({ of }) {
  if (!of) return null;
  if (typeof of === 'string') return html`<${Mrkdwn} text=${of} />`;
  return of.type === 'mrkdwn'
    ? html`<${Mrkdwn} text=${of.text} />`
    : html`<span class="lines">${emojiText(of.text)}</span>`;
}
