/** Every repetition has an upper bound, so the cost stays linear on hostile text. */
const EMAIL =
  /[\p{L}\p{N}_+][\p{L}\p{N}.!#$%&'*/=?^_`{}~+-]{0,63}@(?:[\p{L}\p{N}-]{1,63}\.){1,6}[\p{L}-]{2,24}/gu;

const LOCAL_DECORATION = /^[^\p{L}\p{N}]+|[.`*_~]+$/gu;

function isDomain(domain: string): boolean {
  const labels = domain.split('.');
  return labels.every((label) => /^[^-].*(?<!-)$/u.test(label)) && (labels.at(-1)?.length ?? 0) > 1;
}

/** All mail addresses in the text, lower-case, in order, each once. */
export function emailsIn(text: string): string[] {
  const found = new Set<string>();
  for (const match of text.matchAll(EMAIL)) {
    const at = match[0].lastIndexOf('@');
    const local = match[0].slice(0, at).replace(LOCAL_DECORATION, '');
    const domain = match[0].slice(at + 1).replace(/-+$/, '');
    if (local !== '' && isDomain(domain)) found.add(`${local}@${domain}`.toLowerCase());
  }
  return [...found];
}

/** The text with its mail addresses taken out, and with the brackets and separators that only held them. */
export function withoutEmails(text: string): string {
  return text
    .replace(EMAIL, ' ')
    .replace(/mailto:/gi, ' ')
    .replace(/[(<[]\s{0,9}[)>\]]/g, ' ')
    .replace(/\s+/g, ' ')
    .replace(/^[\s,;|:–—-]+|[\s,;|:–—-]+$/g, '');
}

/** What stands in front of, between and behind the mail addresses of a text, tidied; without what is only punctuation. */
export function aroundEmails(text: string): string[] {
  return text
    .split(EMAIL)
    .map((piece) =>
      piece
        .replace(/mailto:/gi, ' ')
        .replace(/\s+/g, ' ')
        .replace(/^[\s)>\],.;|:!–—-]+|[\s(<[,;|:–—-]+$/g, ''),
    )
    .filter((piece) => /[\p{L}\p{N}]/u.test(piece));
}
