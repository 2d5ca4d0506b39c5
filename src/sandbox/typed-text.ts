import { newId, type Fields } from './values.ts';

const link = /(https?:\/\/[^\s<>]+[^\s<>.,;:!?)'"])|([\w.+-]+@[\w-]+(?:\.[\w-]+)+)/g;
const escape = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

/**
 * What Slack makes of a text that a person typed: `&`, `<` and `>` escaped, mail addresses and links wrapped, and the
 * same as a `rich_text` block. Text that already carries Slack's own markup is left alone.
 */
export function typedText(typed: string): { text: string; blocks?: Fields[] } {
  if (typed === '') return { text: '' };
  const hasMarkup = /<(mailto:|https?:|[@#!])[^>]+>/.test(typed);
  const elements: Fields[] = [];
  let [text, end] = ['', 0];
  const plain = (part: string): void => {
    if (part !== '') elements.push({ type: 'text', text: part });
    text += hasMarkup ? part : escape(part);
  };
  for (const match of hasMarkup ? [] : typed.matchAll(link)) {
    plain(typed.slice(end, match.index));
    const [all, web, mail] = match;
    elements.push({ type: 'link', url: web ?? `mailto:${mail}`, text: mail });
    text += web === undefined ? `<mailto:${mail}|${mail}>` : `<${escape(web)}>`;
    end = match.index + all.length;
  }
  plain(typed.slice(end));
  const section = { type: 'rich_text_section', elements };
  return { text, blocks: [{ type: 'rich_text', block_id: newId('').slice(0, 5), elements: [section] }] };
}
