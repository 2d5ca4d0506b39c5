import { Emoji, emojiText } from './emoji.js';
import { cx, html } from './html.js';
import { channelById, hashOf, nameOf, state, zone } from './store.js';
import { slackDate } from './time.js';

/** Slack escapes exactly three characters; everything else is literal. */
const unescape = (text = '') => text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');

/** A link that can't run script. Permalinks of this workspace stay inside the page. */
export function Link({ url = '', children }) {
  const inside = /\/archives\/(\w+)\/p(\d+)(\d{6})(?:\?.*thread_ts=([\d.]+))?/.exec(url);
  if (inside)
    return html`<a href=${hashOf(inside[1], inside[4], `${inside[2]}.${inside[3]}`)}>${children}</a>`;
  if (!/^(https?:|mailto:|tel:)/i.test(url)) return children;
  return html`<a href=${url} target="_blank" rel="noopener noreferrer">${children}</a>`;
}

export const UserMention = ({ id }) =>
  html`<span class=${cx('mention', id === state.me && 'is-me')} data-user=${id}>@${nameOf(id)}</span>`;

export const ChannelMention = ({ id, label = 'private channel' }) =>
  html`<a class="mention" href=${hashOf(id)}>#${channelById(id)?.name ?? label}</a>`;

export const Broadcast = ({ range }) => html`<span class="mention is-me">@${range}</span>`;

/** A date in the acting person's own zone; hovering shows the whole of it. */
export function DateMark({ seconds, template, url, fallback = '' }) {
  const title = slackDate(seconds, '{date_long} at {time}', zone(), state.now);
  const text = slackDate(seconds, template, zone(), state.now) ?? fallback;
  return html`<${Link} url=${url}><time title=${title}>${text}</time><//>`;
}

/**
 * Makes a reader of inline marks from rules `[pattern, (whole, ...groups) => node]`; the first that matches wins. What
 * lies between goes through `plain`. Only nodes are made, never HTML.
 */
export function reader(rules, plain = (text) => text) {
  const all = new RegExp(rules.map(([pattern]) => `(${pattern.source})`).join('|'), 'gu');
  let next = 1;
  const starts = rules.map(([pattern]) => {
    const start = next;
    next += new RegExp(`${pattern.source}|`, 'u').exec('').length;
    return start;
  });
  return (text) => {
    const out = [];
    let end = 0;
    for (const match of text.matchAll(all)) {
      const rule = starts.findIndex((start) => match[start] !== undefined);
      out.push(plain(text.slice(end, match.index)));
      out.push(rules[rule][1](...match.slice(starts[rule], starts[rule + 1])));
      end = match.index + match[0].length;
    }
    return [...out, plain(text.slice(end))];
  };
}

/** What stands between `<` and `>`. */
function angle(body) {
  const [target, label] = body.split(/\|(.*)/s);
  const [, kind, rest] = /^(@|#|!date\^|!subteam\^|!|)(.*)/s.exec(target);
  if (kind === '@') return html`<${UserMention} id=${rest} />`;
  if (kind === '#') return html`<${ChannelMention} id=${rest} label=${label} />`;
  if (kind === '!subteam^') return html`<span class="mention">${label ?? '@group'}</span>`;
  if (kind === '!') return label ?? html`<${Broadcast} range=${rest} />`;
  if (kind === '') {
    const shown = label ? inline(label) : unescape(target).replace(/^(mailto|tel):/, '');
    return html`<${Link} url=${unescape(target)}>${shown}<//>`;
  }
  const [seconds, template, url] = rest.split('^');
  return html`<${DateMark} seconds=${Number(seconds)} template=${template} url=${url} fallback=${unescape(label)} />`;
}

/** `*bold*` and its like: not inside a word, not around spaces, and never across a link that holds the mark. */
const styled = (mark) =>
  new RegExp(
    `(?<![\\p{L}\\p{N}${mark}])[${mark}](?=[^\\s${mark}])((?:<[^<>\\n]*>|\`[^\`\\n]*\`|[^${mark}\\n<])+?)` +
      `(?<=\\S)[${mark}](?![\\p{L}\\p{N}${mark}])`,
    'u',
  );

/** Inline mrkdwn → nodes. */
const inline = reader(
  [
    [/`([^`\n]+)`/, (_, code) => html`<code>${unescape(code)}</code>`],
    [/<([^<>\n]+)>/, (_, body) => angle(body)],
    [/:([a-z0-9_+-]+)(?:::skin-tone-\d)?:/, (_, name) => html`<${Emoji} name=${name} />`],
    [styled('*'), (_, text) => html`<strong>${inline(text)}</strong>`],
    [styled('_'), (_, text) => html`<em>${inline(text)}</em>`],
    [styled('~'), (_, text) => html`<s>${inline(text)}</s>`],
    [
      /https?:\/\/[^\s<>|]+[^\s<>|.,;:!?)'"*_~`]/,
      (url) => html`<${Link} url=${unescape(url)}>${unescape(url)}<//>`,
    ],
  ],
  unescape,
);

/** Lines that begin with `>` are a quote; `>>>` quotes all that follows. */
function paragraphs(text) {
  const groups = [];
  let toEnd = false;
  for (const line of text.split('\n')) {
    const [mark, all] = (!toEnd && /^(?:&gt;|>)(&gt;&gt;|>>)? ?/.exec(line)) || [''];
    const isQuote = toEnd || mark !== '';
    toEnd ||= all !== undefined;
    if (groups.at(-1)?.isQuote !== isQuote) groups.push({ isQuote, lines: [] });
    groups.at(-1).lines.push(line.slice(mark.length));
  }
  return groups.map(({ isQuote, lines }) => {
    const nodes = inline(lines.join('\n'));
    return isQuote ? html`<blockquote>${nodes}</blockquote>` : html`<span class="lines">${nodes}</span>`;
  });
}

/** A text in Slack's mrkdwn. The line breaks around a fence belong to it. */
export function Mrkdwn({ text = '' }) {
  const parts = text.split(/\n?```\n?([\s\S]+?)\n?```\n?/);
  return parts.map((part, index) =>
    index % 2 === 1 ? html`<pre>${unescape(part)}</pre>` : part && paragraphs(part),
  );
}

/** A text object, plain or mrkdwn. */
export function Text({ of }) {
  if (!of) return null;
  return of.type === 'mrkdwn'
    ? html`<${Mrkdwn} text=${of.text} />`
    : html`<span class="lines">${emojiText(of.text)}</span>`;
}
