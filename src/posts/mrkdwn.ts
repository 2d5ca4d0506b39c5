/** Marks that change how text is shown but not what it says; a prefix made of them hides a label. Joiners stay. */
const INVISIBLE =
  /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]/gu;
const ENTITIES: Record<string, string> = { amp: '&', lt: '<', gt: '>' };

/**
 * Slack's markup as plain text: links become what a reader sees (and the address, where it says something else),
 * `&amp; &lt; &gt;` are unescaped once, and so is what a web form had escaped before; line ends are `\n`. Emphasis stays: it tells labels from values.
 */
export function decodeMrkdwn(text: string): string {
  return text
    .replace(/<([^<>\n]{1,3000})>/g, (whole, token: string) => decodeToken(token) ?? whole)
    .replace(/&(amp|lt|gt);/g, (_, name: string) => ENTITIES[name] ?? '')
    .replace(/&(?:#(\d{2,6})|#x([\da-f]{2,5})|(quot|apos|nbsp));/gi, decodeEntity)
    .replace(/\r\n?|[\u2028\u2029]/g, '\n')
    .replace(/[\u00a0\u202f]/g, ' ')
    .replace(INVISIBLE, '');
}

/** Forms that escape for the web before they post: `O&#39;Neill`. Control characters stay as they were written. */
function decodeEntity(whole: string, decimal?: string, hex?: string, name?: string): string {
  const named = { quot: '"', apos: "'", nbsp: ' ' }[name?.toLowerCase() ?? ''];
  if (named !== undefined) return named;
  const code = decimal === undefined ? Number.parseInt(hex ?? '', 16) : Number(decimal);
  const isText = code >= 32 && code !== 127 && code <= 0x10ffff && (code < 0xd800 || code > 0xdfff);
  return isText ? String.fromCodePoint(code) : whole;
}

/** What a link shows, with its target where the two differ. */
export function decodeLink(url: string, label: string): string {
  const shown = label.trim();
  if (/^mailto:/i.test(url)) {
    const address = decodeAddress(url.slice('mailto:'.length));
    if (shown === '' || shown.includes('@')) return shown || address;
    return `${shown} ${address}`;
  }
  if (/^tel:/i.test(url)) {
    const number = url.slice('tel:'.length);
    return number.startsWith('+') || shown === '' ? number : shown;
  }
  if (shown === '' || shown === url) return url;
  const bare = url.replace(/^https?:\/\//i, '').replace(/\/$/, '');
  return shown.replace(/\/$/, '') === bare ? shown : `${shown} (${url})`;
}

function decodeAddress(target: string): string {
  const address = target.split('?')[0] ?? '';
  try {
    return decodeURIComponent(address);
  } catch {
    return address;
  }
}

/** The inside of `<…>`: a link, a mention or a date. Anything else was not made by Slack and stays as it is. */
function decodeToken(token: string): string | null {
  const bar = token.indexOf('|');
  const target = bar === -1 ? token : token.slice(0, bar);
  const label = bar === -1 ? '' : token.slice(bar + 1);
  if (/^(?:mailto:|tel:|https?:\/\/)/i.test(target)) return decodeLink(target, label);
  if (/^[\p{L}\p{N}._%+-]{1,64}@[\p{L}\p{N}.-]{1,190}$/u.test(target)) return ` ${target} `;
  if (/^@[A-Z0-9]+$/.test(target)) return label === '' ? target : `@${label}`;
  if (/^#[A-Z0-9]+$/.test(target)) return label === '' ? target : `#${label}`;
  if (/^!(?:here|channel|everyone)/.test(target)) return `@${target.slice(1)}`;
  if (target.startsWith('!')) return label;
  return null;
}
