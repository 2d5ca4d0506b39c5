import { html } from './html.js';
import { Emoji, knowsEmoji } from './emoji.js';
import { Link } from './mrkdwn.js';

const INLINE = new RegExp(
  [
    /`([^`\n]+)`/,
    /!?\[([^\]\n]*)\]\(([^)\s]+)[^)]*\)/,
    /\*\*([^*\n]+(?:\*[^*\n]+\*[^*\n]*)*)\*\*/,
    /__([^_\n]+)__/,
    /~~([^~\n]+)~~/,
    /\*([^*\s][^*\n]*)\*/,
    /(?<!\w)_([^_\s][^_\n]*)_(?!\w)/,
    /:([a-z0-9_+-]+):/,
    /https?:\/\/[^\s<>)]+/,
  ]
    .map((rule) => rule.source)
    .join('|'),
  'g',
);

function inline(text) {
  const out = [];
  let end = 0;
  for (const match of text.matchAll(INLINE)) {
    out.push(text.slice(end, match.index));
    end = match.index + match[0].length;
    const [whole, code, label, url, strong, strong2, strike, em, em2, emoji] = match;
    if (code !== undefined) out.push(html`<code>${code}</code>`);
    else if (url !== undefined) out.push(html`<${Link} url=${url}>${inline(label)}<//>`);
    else if (strong ?? strong2) out.push(html`<strong>${inline(strong ?? strong2)}</strong>`);
    else if (strike) out.push(html`<s>${inline(strike)}</s>`);
    else if (em ?? em2) out.push(html`<em>${inline(em ?? em2)}</em>`);
    else if (emoji) out.push(knowsEmoji(emoji) ? html`<${Emoji} name=${emoji} />` : whole);
    else out.push(html`<${Link} url=${whole}>${whole}<//>`);
  }
  out.push(text.slice(end));
  return out;
}

const cells = (line) =>
  line
    .replace(/^\s*\||\|\s*$/g, '')
    .split('|')
    .map((cell) => cell.trim());
const ITEM = /^(\s*)([-*+]|\d+[.)])\s+(?:\[([ xX])\]\s+)?(.*)$/;

/** What one run of lines is, and how it is shown. The first that matches a line takes the lines that follow it too. */
const RULES = [
  {
    starts: (line) => /^\s*(```|~~~)/.test(line),
    take: (lines) => {
      const close = lines.findIndex((line, index) => index > 0 && /^\s*(```|~~~)/.test(line));
      const end = close < 0 ? lines.length : close;
      return [Math.min(end + 1, lines.length), html`<pre>${lines.slice(1, end).join('\n')}</pre>`];
    },
  },
  {
    starts: (line) => /^#{1,6}\s/.test(line),
    take: ([line]) => {
      const level = /^#+/.exec(line)[0].length;
      return [
        1,
        html`<div class="md-heading" role="heading" aria-level=${level + 2} data-level=${level}>
          ${inline(line.replace(/^#+\s+/, ''))}
        </div>`,
      ];
    },
  },
  { starts: (line) => /^\s*([-*_])(\s*\1){2,}\s*$/.test(line), take: () => [1, html`<hr />`] },
  {
    starts: (line, next) => line.includes('|') && /^\s*\|?\s*:?-{2,}/.test(next ?? ''),
    take: (lines) => {
      const stop = lines.findIndex((line) => !line.includes('|'));
      const count = stop < 0 ? lines.length : stop;
      const body = lines.slice(2, count).map(cells);
      return [
        count,
        html`<div class="table-wrap">
          <table class="table">
            <thead>
              <tr>
                ${cells(lines[0]).map((cell) => html`<th scope="col">${inline(cell)}</th>`)}
              </tr>
            </thead>
            <tbody>
              ${body.map(
                (row) =>
                  html`<tr>
                    ${row.map((cell) => html`<td>${inline(cell)}</td>`)}
                  </tr>`,
              )}
            </tbody>
          </table>
        </div>`,
      ];
    },
  },
  {
    starts: (line) => /^\s*>/.test(line),
    take: (lines) => {
      const stop = lines.findIndex((line) => !/^\s*>/.test(line));
      const count = stop < 0 ? lines.length : stop;
      const inner = lines.slice(0, count).map((line) => line.replace(/^\s*> ?/, ''));
      return [count, html`<blockquote>${blocksOf(inner)}</blockquote>`];
    },
  },
  {
    starts: (line) => ITEM.test(line),
    take: (lines) => {
      const stop = lines.findIndex((line) => !ITEM.test(line));
      const count = stop < 0 ? lines.length : stop;
      const tag = /^\s*\d/.test(lines[0]) ? 'ol' : 'ul';
      const items = lines.slice(0, count).map((line) => {
        const [, indent, , box, text] = ITEM.exec(line);
        const check =
          box === undefined ? null : html`<input type="checkbox" disabled checked=${box !== ' '} /> `;
        return html`<li style=${`margin-left:${Math.floor(indent.length / 2) * 1.4}em`}>
          ${check}${inline(text)}
        </li>`;
      });
      return [count, html`<${tag} class="rich-list">${items}<//>`];
    },
  },
];

function blocksOf(lines) {
  const out = [];
  let index = 0;
  while (index < lines.length) {
    const rest = lines.slice(index);
    const rule = RULES.find(({ starts }) => starts(rest[0], rest[1]));
    if (rule) {
      const [count, node] = rule.take(rest);
      out.push(node);
      index += count;
    } else if (rest[0].trim() === '') index += 1;
    else {
      const stop = rest.findIndex(
        (line, at) => line.trim() === '' || RULES.some(({ starts }) => starts(line, rest[at + 1])),
      );
      const count = stop < 0 ? rest.length : stop;
      out.push(html`<p class="lines">${inline(rest.slice(0, count).join('\n'))}</p>`);
      index += count;
    }
  }
  return out;
}

/** A `markdown` block: standard Markdown, unlike the mrkdwn of text objects. */
export const Markdown = ({ text }) => html`<div class="markdown">${blocksOf(text.split('\n'))}</div>`;
