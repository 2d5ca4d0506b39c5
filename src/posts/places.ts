import { emailsIn, withoutEmails } from '../intake/email.ts';
import { plainLabel } from '../intake/labels.ts';
import type { FieldReading, FoundField } from './read-fields.ts';

/** A spot of a post that the next post of the same format has too, and what stands there. */
export interface Place {
  /**
   * `label:first name`, behind a label; `line:2`, a line without one, counted from the top; `before:1`, `after:1`,
   * `before():1` or `after():1`, words of the sentence around the mail address, the nearest first, `()` in brackets.
   */
  place: string;
  /** How a person would name it. */
  title: string;
  value: string;
  /** Where the value came from, so that nothing else is read from there. */
  from: FoundField | FreeLine;
}

export interface FreeLine {
  unit: number;
  index: number;
}

export const placePattern = /^(?:label:[\p{L}\p{N} ]{1,90}|line:\d{1,3}|(?:before|after)(?:\(\))?:\d{1,2})$/u;

/** `Who -> Ada`, `Firma = …`: more ways to set a label apart than the reader trusts without being taught. */
const ARROW_LABEL = /^(.{1,40}?)\s*(?:->|=>|→|»|=|:(?=\s|\p{L}))\s*(\S.*)$/u;
/** Prose and lists have these too: `Ada Lovelace - ada@…` has no label. */
const DASH_LABEL = /^(.{1,40}?)\s*(?:\||\s[–—-]\s)\s*(\S.*)$/u;
const SEGMENT_END = /[,;|"“”«»]|:\s|\s[–—/-]\s/;
const LEAD_IN =
  /^(?:at|from|of|with|via|through|using|for|bei|von|aus|über|chez|de|avec)\s+(?:(?:the|our|your|das|die|den|le|la)\s+)?/i;
const MOST_SEGMENTS = 9;

/** All places of a post, in its order: first the labelled values, then the lines. A label that repeats is the same place. */
export function placesOf({ found, free }: FieldReading): Place[] {
  const places: Place[] = found.map((field) => ({
    place: `label:${plainLabel(field.label)}`,
    title: field.label,
    value: field.value,
    from: field,
  }));
  let number = 0;
  let hasSentence = false;
  for (const [unit, lines] of free.entries()) {
    for (const [index, text] of lines.entries()) {
      if (text.trim() === '') continue;
      number += 1;
      const from = { unit, index };
      const labelled = labelledLine(text, from);
      const sentence: Place[] = labelled || hasSentence ? [] : aroundAddress(text, from);
      hasSentence ||= sentence.length > 0;
      const line = { place: `line:${number}`, title: `Line ${number}`, value: text, from };
      places.push(...(labelled ? [labelled] : sentence.length > 0 ? sentence : [line]));
    }
  }
  return places.filter(({ place }) => placePattern.test(place));
}

function labelledLine(text: string, from: FreeLine): Place | undefined {
  const start = text.slice(0, 1_000);
  const hasAddress = emailsIn(start).length > 0;
  const [, title = '', value = ''] =
    ARROW_LABEL.exec(start) ?? (hasAddress ? null : DASH_LABEL.exec(start)) ?? [];
  const label = plainLabel(title);
  const isLabel = /\p{L}/u.test(label) && label.split(' ').length <= 5 && !/@|:\/\//.test(title);
  // "Sent: New lead Ada (AE) ada@…" is a sentence all the same.
  const isValue = !value.startsWith('//') && (!hasAddress || withoutEmails(value) === '');
  return isLabel && isValue ? { place: `label:${label}`, title, value, from } : undefined;
}

/** The words around a mail address; none where the line says nothing else. */
function aroundAddress(text: string, from: FreeLine): Place[] {
  const [email] = emailsIn(text);
  const at = email === undefined ? -1 : text.toLowerCase().indexOf(email);
  if (email === undefined || at === -1) return [];
  const before = segments(text.slice(0, at)).reverse();
  const after = segments(text.slice(at + email.length));
  return [...numbered('before', before, from).reverse(), ...numbered('after', after, from)];
}

interface Segment {
  text: string;
  inBrackets: boolean;
}

function segments(text: string): Segment[] {
  const pieces = text.slice(0, 1_000).split(/([([][^()[\]]{1,200}[)\]])/);
  return pieces
    .flatMap((piece, index): Segment[] =>
      piece.split(SEGMENT_END).map((part) => ({ text: tidy(part), inBrackets: index % 2 === 1 })),
    )
    .filter((segment) => /[\p{L}\p{N}]/u.test(segment.text) && !/^e-?mail$/i.test(segment.text));
}

function tidy(text: string): string {
  return withoutEmails(text)
    .replace(/^[\s()[\]<>.!*_`]+|[\s()[\]<>*_`–—-]+$/g, '')
    .replace(LEAD_IN, '');
}

function numbered(side: 'before' | 'after', found: Segment[], from: FreeLine): Place[] {
  const counts = { plain: 0, brackets: 0 };
  return found.slice(0, MOST_SEGMENTS).map(({ text, inBrackets }) => {
    const number = inBrackets ? (counts.brackets += 1) : (counts.plain += 1);
    const where = `${inBrackets ? 'in brackets ' : ''}${side} the mail address`;
    return {
      place: `${side}${inBrackets ? '()' : ''}:${number}`,
      title: `${number === 1 ? 'Words' : `Words (${number})`} ${where}`,
      value: text,
      from,
    };
  });
}
