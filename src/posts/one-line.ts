import { aroundEmails, emailsIn } from '../intake/email.ts';
import { looksLikePhone, phoneInProse } from '../intake/phone.ts';
import { isFullName, looksLikeName, readProse } from './prose.ts';

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
  /^(?:(?:an? )?(?:new|another|hot|warm|inbound|neuer|neues|nouveau|nuevo|nuovo|nieuwe|novo) )?lead(?: for (?:@[\w.-]{1,30}|us|you|all|everyone|the team|sales)| in| here)?(?:\s*[:：!.–—-]\s*|\s+(?=(?:from|by|von|de|da|van)\s|[^\s@]{1,64}@)|\s*$)/i;
/** "New lead Mary Poppins, mary@…": without a colon only before a name, a comma and a way to reach them. */
const NEW_LEAD_NAME =
  /^(?:[Aa]n? )?[Nn]ew [Ll]ead\s+(?=\p{Lu}[^,@]{1,60},.{0,300}(?:@|\d{6})|\p{Lu}\S{1,30}(?: \S{1,30}){1,3} [(<]?[^\s@]{1,64}@)/u;
const DECORATION =
  /^(?:[\s*_>!•-]|@(?:here|channel|everyone|[A-Z0-9]{6,12})\b|:[a-z0-9_+-]{1,40}:|[\p{Extended_Pictographic}\ufe0f\u200d])+/u;
/** "New lead :tada: Ada Lovelace": joy does for a colon. */
const EMOJI_BEHIND =
  /^((?:\S+ ){0,3}lead)\s*(?:(?::[a-z0-9_+-]{1,40}:|[\p{Extended_Pictographic}\ufe0f\u200d])\s*)+/iu;
const LEGAL_FORM_ONLY = /^(?:inc|llc|ltd|gmbh|ag|corp|co|s\.?a\.?|b\.?v\.?|plc)\.?$/i;

/** "Joan Clarke from Bletchley Parts". "von" and "de" are parts of names too often. */
const NAME_AND_ACCOUNT = /^(.{2,60}?) (?:(?:from|at|of|bei|chez) (\p{Lu}.{0,80})|\((\p{Lu}[^()@]{1,80})\))$/u;
/** "from the website: Ada Lovelace, …" */
const ORIGIN_FIRST =
  /^(?:from|via|through|über|von) (?:(?:the|our|a|an|der|die|das|dem|den) )?([^:,;@|\n]{2,40}):\s+(?=\S)/i;
/** "from the webinar": the article tells how they came from where they work. */
const ORIGIN =
  /^(?:from|via|through|at|über|vom|von) (?:(?:the|our|a|an|der|dem|unser\w*) )(?=\S)|^via (?=\S)/;
const PART_START = /^\s*(?:[•*-]\s+)?(?:(?:from|by|von|de|da|van)\s+(?=\p{Lu}))?/u;

/** A line of a signature that is a job; taken for one only where something follows that can be the account. */
const JOB =
  /^(?!.* (?:at|@|bei|chez) )(?:(?:senior |junior |deputy )?(?:head of|chief|c[efimort]o\b|vp\b|vice president|(?:managing )?director|president|(?:co-)?founder|owner|leiter)|.*(?:engineer|developer|manager|director|officer|analyst|consultant|architect|founder|buyer|geschäftsführer(?:in)?|leiter(?:in)?|directrice|directeur|directora?)$)/i;
/** What they asked for, which no account is called. */
const WISH =
  /^(?:wants?|needs?|asks?|asked|is asking|interested|looking for|would like|please|möchte|will|sucht)\b/i;

/** What follows "New lead:" at the start of a line, '' where that is on the next lines, null where it does not start so. */
export function afterTrigger(line: string): string | null {
  const text = line
    .slice(0, 2_000)
    .replace(DECORATION, '')
    .replace(/^((?:\S+ ){0,3}lead)\*+/i, '$1')
    .replace(EMOJI_BEHIND, '$1: ');
  const found = TRIGGER.exec(text) ?? NEW_LEAD_NAME.exec(text);
  return found === null ? null : text.slice(found[0].length).replace(/^\*+/, '').trim();
}

/** Reads parts by their shape (mail, phone, link), and the rest by order: name, account, what they asked for. */
export function readOneLine(line: string): OneLineReading {
  const [prefix = '', cameFrom = null] = ORIGIN_FIRST.exec(line) ?? [];
  const isOrigin = cameFrom !== null && !isFullName(cameFrom);
  const text = isOrigin ? line.slice(prefix.length) : line;
  const reading: OneLineReading = {
    name: null,
    email: emailsIn(text)[0] ?? null,
    phone: null,
    account: null,
    title: null,
    source: isOrigin ? cameFrom : null,
    message: null,
  };
  const rest: string[] = [];
  for (const part of parts(text)) {
    if (emailsIn(part).length > 0) {
      const pieces = aroundEmails(part);
      const isSentence = pieces.join(' ').split(/\s+/).length > 5 && !pieces.every(looksLikeName);
      if (isSentence) return fromSentence(text, reading);
      rest.push(...pieces.filter((piece) => !/^e-?mail$/i.test(piece)));
    } else if (looksLikePhone(part)) reading.phone ??= part;
    else if (phoneInProse(part) !== null) {
      const number = phoneInProse(part) ?? '';
      reading.phone ??= number;
      const words = part.replace(number, ' ').replace(/^[\s.:–-]+|[\s.:–-]+$/g, '');
      if (/\p{L}/u.test(words)) rest.push(words);
    } else if (!/^https?:\/\/\S+$/i.test(part)) rest.push(part);
  }
  const origin = rest.findIndex((part) => ORIGIN.test(part));
  if (origin !== -1) reading.source ??= rest.splice(origin, 1)[0]?.replace(ORIGIN, '') ?? null;
  const [first = ''] = rest;
  const both = NAME_AND_ACCOUNT.exec(first);
  if (both?.[1] !== undefined && looksLikeName(both[1])) {
    rest.shift();
    reading.name = both[1];
    reading.account = both[2] ?? both[3] ?? null;
  } else {
    const named = rest.length > 0 && couldBeName(first, text, reading.email);
    if (named) reading.name = rest.shift() ?? null;
    if (rest.length > 1 && JOB.test(rest[0] ?? '')) reading.title = rest.shift() ?? null;
    if ((named || rest.length > 1) && !WISH.test(rest[0] ?? '')) reading.account = rest.shift() ?? null;
  }
  takeTitle(reading);
  if (reading.title === null && JOB.test(rest[0] ?? '')) reading.title = rest.shift() ?? null;
  reading.source ??= rest.shift() ?? null;
  reading.message = rest.length === 0 ? null : rest.join(', ');
  return reading;
}

function parts(text: string): string[] {
  const found: string[] = [];
  for (const part of text.split(/[,;|\n\t]|\s[–—/-]\s/)) {
    const trimmed = part.replace(PART_START, '').trim();
    if (LEGAL_FORM_ONLY.test(trimmed) && found.length > 0) found[found.length - 1] += `, ${trimmed}`;
    else if (/[\p{L}\p{N}]/u.test(trimmed)) found.push(trimmed);
  }
  return found;
}

/**
 * The name that a colleague gave behind the trigger, where it is clear that it is one; null for chat such as
 * "New lead! Well done". @param text what `afterTrigger` left
 */
export function namedBehindTrigger(text: string): string | null {
  const { name } = readOneLine(text);
  return name !== null && isFullName(name) ? name : null;
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
