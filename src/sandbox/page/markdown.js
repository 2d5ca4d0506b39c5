import { Emoji } from './emoji.js';
import { html } from './html.js';
import { Grid } from './tables.js';
import { Link, reader } from './text.js';

const strong = (_, text) => html`<strong>${inline(text)}</strong>`;
const em = (_, text) => html`<em>${inline(text)}</em>`;
const inline = reader([
  [/`([^`\n]+)`/, (_, code) => html`<code>${code}</code>`],
  [/!?\[([^\]\n]*)\]\(([^)\s]+)[^)]*\)/, (_, label, url) => html`<${Link} url=${url}>${inline(label)}<//>`],
  [/\*\*((?:[^*\n]|\*[^*\n]+\*)+)\*\*/, strong],
  [/__([^_\n]+)__/, strong],
  [/~~([^~\n]+)~~/, (_, text) => html`<s>${inline(text)}</s>`],
  [/\*([^*\s][^*\n]*)\*/, em],
  [/(?<!\w)_([^_\s][^_\n]*)_(?!\w)/, em],
  [/:([a-z0-9_+-]+):/, (_, name) => html`<${Emoji} name=${name} />`],
  [/https?:\/\/[^\s<>)]+/, (url) => html`<${Link} url=${url}>${url}<//>`],
]);

const ITEM = /^(\s*)(?:[-*+]|\d+[.)])\s+(?:\[([ xX])\]\s+)?(.*)$/;
const isNumbered = (line) => /^\s*\d/.test(line);
const FENCE = /^\s*(```|~~~)/;
const cells = (line) =>
  line
    .replace(/^\s*\||\|\s*$/g, '')
    .split('|')
    .map((cell) => inline(cell.trim()));
const unquoted = (lines) => lines.map((line) => line.replace(/^\s*> ?/, ''));

function listItem(line) {
  const [, indent, box, text] = ITEM.exec(line);
  const check = box && html`<input type="checkbox" disabled checked=${box !== ' '} /> `;
  return html`<li style=${`margin-left:${indent.length * 0.7}em`}>${check}${inline(text)}</li>`;
}

/** What a run of lines is: how it starts, whether the next line still belongs to it, and how it is shown. */
const RULES = [
  {
    starts: (line) => FENCE.test(line),
    goesOn: (_line, taken) => taken.length === 1 || !FENCE.test(taken.at(-1)),
    show: (lines) =>
      html`<pre>${lines
        .slice(1)
        .join('\n')
        .replace(/\n?\s*(```|~~~)\s*$/, '')}</pre>`,
  },
  {
    starts: (line) => /^#{1,6}\s/.test(line),
    show: ([line]) => {
      const [, marks, text] = /^(#+)\s+(.*)/.exec(line);
      return html`<div class="heading" role="heading" aria-level=${marks.length} style=${`--level:${marks.length}`}>${inline(text)}</div>`;
    },
  },
  { starts: (line) => /^\s*([-*_])(\s*\1){2,}\s*$/.test(line), show: () => html`<hr />` },
  {
    starts: (line, next) => line.includes('|') && /^\s*\|?\s*:?-{2,}/.test(next ?? ''),
    goesOn: (line) => line.includes('|'),
    show: ([head, , ...rows]) => html`<${Grid} label="Table" head=${cells(head)} rows=${rows.map(cells)} />`,
  },
  {
    starts: (line) => /^\s*>/.test(line),
    goesOn: (line) => /^\s*>/.test(line),
    show: (lines) => html`<blockquote>${blocksOf(unquoted(lines))}</blockquote>`,
  },
  {
    starts: (line) => ITEM.test(line),
    goesOn: (line, [first]) => ITEM.test(line) && isNumbered(line) === isNumbered(first),
    show: (lines) => html`<${isNumbered(lines[0]) ? 'ol' : 'ul'}>${lines.map(listItem)}<//>`,
  },
  { starts: (line) => line.trim() === '', show: () => null },
];
const PARAGRAPH = {
  goesOn: (line, _taken, next) => !RULES.some(({ starts }) => starts(line, next)),
  show: (lines) => html`<p class="lines">${inline(lines.join('\n'))}</p>`,
};

function blocksOf(lines) {
  const out = [];
  for (let at = 0; at < lines.length;) {
    const { goesOn, show } = RULES.find(({ starts }) => starts(lines[at], lines[at + 1])) ?? PARAGRAPH;
    let end = at + 1;
    while (end < lines.length && goesOn?.(lines[end], lines.slice(at, end), lines[end + 1])) end += 1;
    out.push(show(lines.slice(at, end)));
    at = end;
  }
  return out;
}

/** A `markdown` block: standard Markdown, unlike the mrkdwn of text objects. */
export const Markdown = ({ block }) => html`<div class="blocks">${blocksOf(block.text.split('\n'))}</div>`;
