import { createRequire } from 'node:module';
import type * as Phone from 'libphonenumber-js/min';
import type { CountryCode } from 'libphonenumber-js/min';

const MAX_LENGTH = 60;
const FEWEST_DIGITS = 6;
const MOST_DIGITS = 17;

let library: typeof Phone | null = null;

/**
 * The number metadata costs about 13 MB of resident memory in its CommonJS form, 19 MB as a tree of ES modules, and
 * a team whose forms ask for no phone number never needs it: so it is loaded with the first number.
 */
function phoneLibrary(): typeof Phone {
  library ??= createRequire(import.meta.url)('libphonenumber-js/min') as typeof Phone;
  return library;
}

/**
 * Reads one phone number as a form or a person wrote it.
 *
 * @param region ISO country of numbers without a country code, such as `DE`; an unknown one is ignored.
 * @returns E.164 (an extension is lost), or the tidied original where the number has no known country, or null where
 *   the text is not a phone number at all.
 */
export function readPhone(text: string, region?: string): string | null {
  const tidy = text
    .slice(0, MAX_LENGTH + 20)
    .replace(/^\s*tel:/i, '')
    .replace(/\b(?:ext|extension|durchwahl|poste)\b\.?\s?/gi, 'x')
    .replace(/[^\p{Nd}+()./\-\sx#]|[x#](?!\s?\p{Nd})/giu, ' ')
    .replace(/\s+/g, ' ')
    .trim()
    .replace(/^00(?=[1-9])/, '+');
  const digits = tidy.replace(/\P{Nd}/gu, '').length;
  const letters = text.replace(/\P{L}/gu, '').length;
  if (tidy.length > MAX_LENGTH || digits < FEWEST_DIGITS || digits > MOST_DIGITS || letters > digits)
    return null;

  const { default: parse, isSupportedCountry } = phoneLibrary();
  const country = region?.toUpperCase() ?? '';
  const hint: CountryCode | undefined = isSupportedCountry(country) ? country : undefined;
  const parsed = parse(tidy, hint);
  // With too many zeros in front, the number would be read as another one the next time.
  return parsed?.isPossible() && parse(parsed.number)?.number === parsed.number ? parsed.number : tidy;
}

/** The ISO country of a number in E.164; null where several countries share its code, or it has none. */
export function countryOfPhone(phone: string): string | null {
  if (!phone.startsWith('+')) return null;
  return phoneLibrary().default(phone)?.country ?? null;
}

/** Whether the whole text is written like a phone number: nothing but digits and what people put between them. */
export function looksLikePhone(text: string): boolean {
  const trimmed = text.trim();
  if (!/^(?:(?:tel|phone|mobile|mob|ph|t|m)[.:]? ?)?[+(\d][\d\s().+/-]{5,28}$/i.test(trimmed)) return false;
  if (/^\d{4}-\d{1,2}-\d{1,2}/.test(trimmed) || /^\d{1,2}[./]\d{1,2}[./]\d{2,4}/.test(trimmed)) return false;
  const digits = trimmed.replace(/\D/g, '').length;
  return digits >= FEWEST_DIGITS && digits <= 15;
}

/** The first number with a country code in running text; without one, order numbers and dates look the same. */
export function phoneInProse(text: string): string | null {
  const found = /(?:^|[\s(:])(\+\d[\d\s()./-]{6,22}\d)/.exec(text)?.[1];
  return found !== undefined && looksLikePhone(found) ? found : null;
}
