import type { Fields } from './types.ts';
import { newBlockId } from './values.ts';

const link = /(https?:\/\/[^\s<>]+[^\s<>.,;:!?)'"])|([\w.+-]+@[\w-]+(?:\.[\w-]+)+)/g;

/**
 * What Slack makes of a text that a person typed: `&`, `<` and `>` escaped, mail addresses and links wrapped, and the
 * same as a `rich_text` block. Text that already carries Slack's own markup is left alone.
 */
export function typedText(typed: string): { text: string; blocks: Fields[] } {
  const hasMarkup = /<(mailto:|https?:|[@#!])[^>]+>/.test(typed);
  const parts: Fields[] = [];
  let [text, end] = ['', 0];
  for (const match of hasMarkup ? [] : typed.matchAll(link)) {
    const before = typed.slice(end, match.index);
    if (before !== '') parts.push({ type: 'text', text: before });
    const url = match[1] ?? `mailto:${match[2]}`;
    parts.push({ type: 'link', url, ...(match[1] === undefined ? { text: match[2] } : {}) });
    text += `${escape(before)}<${escape(url)}${match[1] === undefined ? `|${match[2]}` : ''}>`;
    end = match.index + match[0].length;
  }
  const rest = typed.slice(end);
  if (rest !== '') parts.push({ type: 'text', text: rest });
  return {
    text: text + (hasMarkup ? rest : escape(rest)),
    blocks: [
      {
        type: 'rich_text',
        block_id: newBlockId(),
        elements: [{ type: 'rich_text_section', elements: parts }],
      },
    ],
  };
}

function escape(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
