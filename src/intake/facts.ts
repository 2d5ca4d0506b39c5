import type { LeadRow } from '../db/schema.ts';
import type { Detail, LeadDraft } from './draft.ts';
import { plainLabel } from './labels.ts';
import { countryOfPhone } from './phone.ts';

/** What routing rules may ask for, as far as a lead says it: an answer first, else what its phone or mail tells. */
export function factsOf(
  draft: Pick<LeadDraft, 'email' | 'phone' | 'details'>,
): Pick<LeadRow, 'country' | 'language' | 'account_size'> {
  const { email, phone, details } = draft;
  return {
    country:
      answered(details, labels.country, countryNamed) ??
      (phone === null ? null : countryOfPhone(phone)) ??
      (email === null ? null : countryOfMail(email)),
    language: answered(details, labels.language, languageNamed) ?? languageOfLabels(details),
    account_size: answered(details, labels.size, sizeSaid),
  };
}

/** Labels as `plainLabel` leaves them, in the languages that `labels.ts` reads. */
const labels = {
  country: `country, country region, country or region, company country, hq country, land, pays, pais, paese, nazione`,
  language: `language, preferred language, your language, sprache, bevorzugte sprache, langue, langue preferee, idioma,
    lingua, taal, lingua preferita, idioma preferido`,
  size: `company size, size, size of company, team size, organization size, organisation size, employees, headcount,
    number of employees, no of employees, employee count, how many employees, mitarbeiter, mitarbeiterzahl, anzahl mitarbeiter,
    anzahl der mitarbeiter, unternehmensgrosse, firmengrosse, taille de l entreprise, effectif, nombre d employes,
    nombre de salaries, tamano de la empresa, numero de empleados, empleados, dimensione dell azienda, dimensione aziendale,
    numero di dipendenti, dipendenti, bedrijfsgrootte, aantal medewerkers, medewerkers, tamanho da empresa,
    numero de funcionarios, funcionarios`,
};

function answered<Fact>(
  details: readonly Detail[],
  spellings: string,
  read: (value: string) => Fact | null,
): Fact | null {
  const known = spellings.split(',').map((spelling) => spelling.trim().replace(/\s+/g, ' '));
  for (const { label, value } of details) {
    if (!known.includes(plainLabel(label.slice(0, 90)))) continue;
    const fact = read(value.slice(0, 100));
    if (fact !== null) return fact;
  }
  return null;
}

const languages = ['en', 'de', 'fr', 'es', 'it', 'nl', 'pt'];

/** Names and codes to the code; made when the first answer needs it. */
function codesByName(type: 'region' | 'language', codes: readonly string[]): Map<string, string> {
  const found = new Map<string, string>();
  for (const locale of languages) {
    const names = new Intl.DisplayNames(locale, { type, fallback: 'none' });
    for (const code of codes) {
      const name = names.of(code);
      if (name !== undefined && !found.has(plainLabel(name))) found.set(plainLabel(name), code);
    }
  }
  for (const code of codes) if (found.size > 0) found.set(code.toLowerCase(), code);
  return found;
}

const letters = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ'];
/** Codes that Intl has a name for but that are no country: unions, exceptions, private use. */
const noCountries = new Set([
  'EU',
  'EZ',
  'UN',
  'XA',
  'XB',
  'XK',
  'QO',
  'ZZ',
  'UK',
  'SU',
  'AN',
  'AC',
  'CP',
  'DG',
  'EA',
  'IC',
  'TA',
]);
let countries: Map<string, string> | null = null;
let spoken: Map<string, string> | null = null;

function countryCodes(): Map<string, string> {
  if (countries) return countries;
  const regions = new Intl.DisplayNames('en', { type: 'region', fallback: 'none' });
  const codes = letters
    .flatMap((first) => letters.map((second) => first + second))
    .filter((code) => !noCountries.has(code) && regions.of(code) !== undefined)
    // East Germany is Germany now.
    .filter((code) => new Intl.Locale(`und-${code}`).region === code);
  countries = codesByName('region', codes);
  const short = {
    uk: 'GB',
    'great britain': 'GB',
    england: 'GB',
    usa: 'US',
    'u s a': 'US',
    'the netherlands': 'NL',
    holland: 'NL',
  };
  for (const [name, code] of Object.entries(short)) countries.set(name, code);
  return countries;
}

function countryNamed(value: string): string | null {
  return countryCodes().get(plainLabel(value)) ?? null;
}

/** Ends of addresses that are a country's by law and everybody's in practice. */
const anybodys = new Set(
  'ac ai am be cc co fm gg gl io is la li ly me ms nu pw sh so st tk to tv vc ws'.split(' '),
);

function countryOfMail(email: string): string | null {
  const end = email.slice(email.lastIndexOf('.') + 1).toLowerCase();
  if (end.length !== 2 || anybodys.has(end)) return null;
  return countryCodes().get(end) ?? null;
}

/** The languages a person is likely to name. */
const named =
  'en de fr es it nl pt pl cs sk hu ro bg hr sl sr da sv nb fi et lv lt el tr ru uk ar he fa hi zh ja ko vi th id'.split(
    ' ',
  );

function languageNamed(value: string): string | null {
  spoken ??= codesByName('language', named);
  return (
    spoken.get(plainLabel(value)) ??
    spoken.get(/^([a-z]{2})[-_][a-z]{2}$/i.exec(value.trim())?.[1]?.toLowerCase() ?? '') ??
    null
  );
}

/** Words that a form of this language uses and no other of them. */
const formWords: Record<string, string> = {
  en: 'your how what which company size employees country industry number team are you the do many website job',
  de: 'ihr ihre wie viele welche unternehmen unternehmensgrosse mitarbeiter mitarbeiterzahl branche anzahl sprache stadt strasse webseite sind sie der die das',
  fr: 'votre vos combien quelle quel entreprise effectif pays secteur langue ville nombre salaries etes vous',
  es: 'su cuantos cual empresa empleados pais sector ciudad tamano idioma numero sitio',
  it: 'vostro tuo quanti quale azienda dipendenti paese settore citta dimensione lingua',
  nl: 'uw hoeveel welke bedrijf bedrijfsgrootte medewerkers branche aantal taal stad',
  pt: 'seu sua quantos qual funcionarios setor cidade tamanho numero',
};

/** The language that the labels of a form are in, where most of their telling words agree. */
function languageOfLabels(details: readonly Detail[]): string | null {
  const words = details.flatMap(({ label }) => plainLabel(label.slice(0, 90)).split(' '));
  const counts = Object.entries(formWords)
    .map(([language, telling]) => {
      const known = new Set(telling.split(' '));
      return { language, number: words.filter((word) => known.has(word)).length };
    })
    .sort((a, b) => b.number - a.number);
  const [most, next] = counts;
  return most && most.number > (next?.number ?? 0) ? most.language : null;
}

/** The lower bound of what was said: `51-200` is 51, `1,000+` is 1000, `up to 50` is 1. */
function sizeSaid(value: string): number | null {
  const found = /(\d{1,3}(?:[.,'’\s]\d{3})+|\d+)\s?(k\b)?/i.exec(value);
  if (!found?.[1]) return null;
  const number = Number(found[1].replace(/\D/g, '')) * (found[2] === undefined ? 1 : 1000);
  if (!Number.isSafeInteger(number) || number > 10_000_000) return null;
  const isUpper =
    /(?:<|≤|less than|fewer than|under|up to|bis|unter|weniger als|moins de|jusqu|menos de|hasta|meno di|fino a|minder dan|tot|ate)\s*(?:zu\s)?$/i;
  return isUpper.test(plainStart(value.slice(0, found.index))) ? 1 : number;
}

function plainStart(text: string): string {
  return text.normalize('NFKD').replace(/\p{M}/gu, '');
}
