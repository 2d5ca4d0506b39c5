import { createRequire } from 'node:module';
import type * as Suffixes from 'tldts';
import type { LeadDraft } from './draft.ts';
import { FREE_MAIL_DOMAINS } from './free-mail.ts';

let library: typeof Suffixes | null = null;

/** Loaded with the first mail address, as the phone library is with the first number: it is mostly a long list. */
function suffixLibrary(): typeof Suffixes {
  library ??= createRequire(import.meta.url)('tldts') as typeof Suffixes;
  return library;
}

/** Legal forms as they read once dots and accents are gone, so `S.A.R.L.` is `sarl`. */
const LEGAL_FORMS: ReadonlySet<string> = new Set(
  `inc incorporated corp corporation co company ltd limited llc llp lp plc pbc gmbh ggmbh mbh ag kg kgaa ohg ug gbr eg ev
   ek se sa sas sasu sarl eurl snc sca sl slu sll srl srls spa sapa sas bv nv vof cv oy oyj ab hb as asa aps ks
   pty pte pvt kk sro zoo oo spzoo doo ltda eireli kft zrt nyrt bt sprl bvba cvba scrl haftungsbeschrankt`.split(
    /\s+/,
  ),
);

/** Removed only behind a legal form (`GmbH und Co. KG`, `Sp. z o.o.`): "Studio Y" keeps its letter. */
const LEGAL_GLUE: ReadonlySet<string> = new Set(['und', 'and', 'et', 'y', 'e', 'sp', 'z']);

/** Whether a mail domain belongs to a provider anyone can have an address at. Case does not matter. */
export function isFreeMail(domain: string): boolean {
  return FREE_MAIL_DOMAINS.has(domain.trim().toLowerCase().replace(/\.$/, ''));
}

/**
 * One spelling per mailbox, to recognise the same person again; not an address to write to. Lower-case, the
 * `+tag` removed, and the dots too where the provider ignores them (Gmail, which is also googlemail.com).
 */
export function normaliseEmail(email: string): string {
  const address = email.toLowerCase().replace(/^(?:\s|mailto:)+|\s+$/g, '');
  const at = address.lastIndexOf('@');
  if (at < 1) return address;
  const domain = address.slice(at + 1);
  const untagged = address.slice(0, at).replace(/(?!^)\+.*$/, '');
  if (domain !== 'gmail.com' && domain !== 'googlemail.com') return `${untagged}@${domain}`;
  return `${untagged.replaceAll('.', '')}@gmail.com`;
}

/**
 * What makes two leads belong to one account: the registrable mail domain (`mail.eu.acme.co.uk` is `acme.co.uk`), or,
 * for private addresses, the company name without case, accents, punctuation and legal form. Null when neither is known.
 */
export function accountKey(draft: Pick<LeadDraft, 'email' | 'account'>): string | null {
  const host = draft.email === null ? '' : draft.email.slice(draft.email.lastIndexOf('@') + 1).toLowerCase();
  if (host !== '' && !isFreeMail(host)) {
    const domain = suffixLibrary().getDomain(host, { allowPrivateDomains: false });
    if (domain !== null && !isFreeMail(domain)) return domain;
  }
  return draft.account === null ? null : companyKey(draft.account);
}

/** A company's name without case, accents, punctuation and legal form; null where nothing is left. */
export function companyKey(name: string): string | null {
  const words = name
    .slice(0, 200)
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/ß/g, 'ss')
    .replace(/[.'’`´]/g, '')
    .replace(/\b([a-z])\/([a-z])\b/g, '$1$2')
    .slice(0, 200)
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '');
  let cut = false;
  while (words.length > 1) {
    const last = words.at(-1) ?? '';
    if (!LEGAL_FORMS.has(last) && !(cut && LEGAL_GLUE.has(last))) break;
    words.pop();
    cut = true;
  }
  return words.length === 0 ? null : words.join(' ');
}
