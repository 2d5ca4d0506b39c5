import { emailsIn, withoutEmails } from './email.ts';
import { looksLikePhone } from './phone.ts';
import { looksLikeName, readProse } from './prose.ts';

/** A lead as a colleague types it: `New lead: Ada Lovelace, ada@…, Analytical Engines, demo request`. */
export interface OneLineReading {
  name: string | null;
  email: string | null;
  phone: string | null;
  account: string | null;
  title: string | null;
  source: string | null;
  message: string | null;
}

const TRIGGER =
  /^(?:(?:an? )?(?:new|another|hot|warm|inbound|neuer|neues|nouveau|nuevo|nuovo|nieuwe|novo) )?lead(?:\s*[:：!–—-]\s*|\s+(?=(?:from|by|von|de|da|van)\s)|\s*$)/i;
const DECORATION =
  /^(?:[\s*_>!•-]|@(?:here|channel|everyone|[A-Z0-9]{6,12})\b|:[a-z0-9_+-]{1,40}:|[\p{Extended_Pictographic}\ufe0f\u200d])+/u;
const LEGAL_FORM_ONLY = /^(?:inc|llc|ltd|gmbh|ag|corp|co|s\.?a\.?|b\.?v\.?|plc)\.?$/i;

const PART_START = /^\s*(?:[•*-]\s+)?(?:(?:from|by|von|de|da|van)\s+(?=\p{Lu}))?/u;

/** What follows "New lead:" at the start of a line, '' where that is on the next lines, null where it does not start so. */
export function afterTrigger(line: string): string | null {
  const text = line
    .slice(0, 2_000)
    .replace(DECORATION, '')
    .replace(/^((?:\S+ ){0,3}lead)\*+/i, '$1');
  const found = TRIGGER.exec(text);
  return found === null ? null : text.slice(found[0].length).replace(/^\*+/, '').trim();
}

/** Reads parts by their shape (mail, phone, link), and the rest by order: name, account, what they asked for. */
export function readOneLine(text: string): OneLineReading {
  const reading: OneLineReading = {
    name: null,
    email: emailsIn(text)[0] ?? null,
    phone: null,
    account: null,
    title: null,
    source: null,
    message: null,
  };
  const rest: string[] = [];
  for (const part of parts(text)) {
    if (emailsIn(part).length > 0) {
      const words = withoutEmails(part);
      if (words.split(/\s+/).length > 5) return fromSentence(text, reading);
      if (words !== '' && !/^e-?mail$/i.test(words)) rest.push(words);
    } else if (looksLikePhone(part)) reading.phone ??= part;
    else if (!/^https?:\/\/\S+$/i.test(part)) rest.push(part);
  }
  const named = rest.length > 0 && couldBeName(rest[0] ?? '', text, reading.email);
  if (named) reading.name = rest.shift() ?? null;
  if (named || rest.length > 1) reading.account = rest.shift() ?? null;
  takeTitle(reading);
  reading.source = rest.shift() ?? null;
  reading.message = rest.length === 0 ? null : rest.join(', ');
  return reading;
}

function parts(text: string): string[] {
  const found: string[] = [];
  for (const part of text.split(/[,;|\n\t]|\s[–—/-]\s/)) {
    const trimmed = part.replace(PART_START, '').trim();
    if (LEGAL_FORM_ONLY.test(trimmed) && found.length > 0) found[found.length - 1] += `, ${trimmed}`;
    else if (trimmed !== '') found.push(trimmed);
  }
  return found;
}

/** "CTO at Analytical Engines" says two things. */
function takeTitle(reading: OneLineReading): void {
  const found = /^(.{2,60}?) (?:at|@|bei|chez) (\p{Lu}.*)$/u.exec(reading.account ?? '');
  if (found === null) return;
  reading.title = found[1] ?? null;
  reading.account = found[2] ?? null;
}

/** A name typed in lower case is taken for one only in front of the mail address, where people put it. */
function couldBeName(part: string, text: string, email: string | null): boolean {
  if (looksLikeName(part)) return true;
  const leads = email === null || text.indexOf(part) < text.toLowerCase().indexOf(email);
  return leads && /^[\p{L}\p{M}.'’-]+(?: [\p{L}\p{M}.'’-]+){0,2}$/u.test(part);
}

/** "Lead: met Ada Lovelace (ada@…) at the fair, wants a demo" is a sentence; all of it is worth keeping. */
function fromSentence(text: string, reading: OneLineReading): OneLineReading {
  const { name, account, via } = readProse(text, reading.email ?? '');
  return { ...reading, name, account, source: via, message: text.trim() };
}
