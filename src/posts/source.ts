import type { LeadDraft } from '../intake/draft.ts';
import type { FoundField } from './read-fields.ts';
import { pick } from './read-fields.ts';
import type { SlackPost } from './post-text.ts';

/** Names that say only how the post was sent. */
const NO_SENDER = /^(?:incoming[ -]?webhooks?|webhooks?|bot|slack ?bot|workflow(?: builder)?|app)$/i;

/** The app that posted, as people know it; null where the name says nothing. */
export function senderName(post: SlackPost): string | null {
  const profile: unknown = post.bot_profile;
  const profileName =
    typeof profile === 'object' && profile !== null && 'name' in profile ? profile.name : undefined;
  for (const name of [post.username, profileName]) {
    if (typeof name !== 'string') continue;
    const trimmed = name.trim().slice(0, 80);
    if (trimmed !== '' && !NO_SENDER.test(trimmed)) return trimmed;
  }
  return null;
}

/**
 * The source as one text: the sender's own "Source" field, else the form, page or campaign, behind the app's name where
 * an app posted it. @param hint what the post's own words say, where no field does
 */
export function sourceOf(
  found: FoundField[],
  draft: Pick<LeadDraft, 'form' | 'page' | 'campaign'>,
  sender: string | null,
  hint: string | null,
): string | null {
  const stated = pick(found, 'source', originText);
  if (stated !== null) return stated;
  const origin = draft.form ?? draft.page ?? hint ?? draft.campaign;
  if (sender === null || origin === null) return origin ?? sender;
  return origin.toLowerCase().includes(sender.toLowerCase()) ? origin : `${sender}: ${origin}`;
}

/** The form in "New submission on *Demo request*", or the page; never what turned out to be the person or the account. */
export function originInHeading(
  lines: string[],
  draft: Pick<LeadDraft, 'name' | 'account'>,
): { form: string } | { page: string } | null {
  for (const line of lines) {
    const named = namedOrigin(line.slice(0, 300)) ?? kindOfRequest(line.slice(0, 300));
    if (named === null || named === draft.name || named === draft.account) continue;
    return PAGE.test(named) ? { page: named } : { form: named };
  }
  return null;
}

const PAGE = /(?:\b|-)(?:page|website|site|seite|webseite|página|pagina)$/i;

const SAYS_NOTHING = /^(?:the|your|our|an?|this) (?:new )?(?:form|page|website|site)$/i;

function namedOrigin(line: string): string | null {
  const text = line.replace(/[*"“”„«»`]/g, '');
  const said =
    /\b(?:submissions?|response|entry|form fill|signup|sign-up|antwort|eintrag|anfrage|réponse|soumission|respuesta|risposta|inzending|resposta)\b(?:\s*:\s*|\s+(?:on|for|to|via|über|zu|sur|pour|à|en|para|al|per|op|voor)\s+(?:(?:the|your|our|das|die|den|unser|unsere|le|la|el|il|het) )?)(.{2,80})$/i.exec(
      text,
    )?.[1] ??
    /\b(?:from|of|through|aus|du)\s+(?:the |your |our )?((?!.*\b(?:filled|submitted|completed)\b).{2,60}?\b(?:form|page|website|site|formular|popup|landing page))\b/i.exec(
      text,
    )?.[1];
  const survey =
    /\b(?:completed|filled in|filled out|answered|took) (?:your|the|our) (?:typeform|jotform|form|survey|quiz)\s+(.{2,80})$/i.exec(
      text,
    )?.[1];
  const sent =
    /\bsubmitted (?!by\b|from\b|on\b|at\b|via\b|to\b)(?:(?:the|our|your) )?(.{2,60}?)(?:\s+(?:on|at|via|from)\s.*)?$/i.exec(
      text,
    )?.[1];
  const origin = (said ?? survey ?? sent)?.replace(/[\s.!:]+$/, '').trim() ?? '';
  return origin === '' || origin.includes('@') || SAYS_NOTHING.test(origin) ? null : origin;
}

const NEW =
  /^[^\p{L}\p{N}]*(?:(?:alert|notification|lead alert)\s*:\s*)?(?:(?:an?|you have a|you got a) )?(?:(?:new|neuer?|neues|nouvelle|nouveau|nueva|nuevo|nuova|nuovo|nieuwe?|nova|novo) )?/iu;
const KIND =
  /^(?:[\p{L}\p{N}&'’-]{1,20} ){0,4}\p{L}{0,20}(?:requests?|enquir(?:y|ies)|inquir(?:y|ies)|sign-?ups?|registrations?|bookings?|downloads?|trials?|anfrage|anmeldung|demande(?: de \p{L}{2,20})?|inscription|solicitud(?: de \p{L}{2,20})?|inscripción|richiesta(?: di \p{L}{2,20})?|iscrizione|aanvraag|inschrijving|solicitação|inscrição)$/iu;

/** "New demo request!" over the fields; "request" alone says nothing. */
function kindOfRequest(line: string): string | null {
  const text = line
    .replace(/:[a-z0-9_+-]{1,40}:|[*"“”„«»`]/g, '')
    .trim()
    .replace(NEW, '')
    .replace(/[\s.!:]+$/, '');
  return text.length <= 60 &&
    KIND.test(text) &&
    !/^(?:requests?|bookings?|demande|solicitud|richiesta|aanvraag|solicitação)$/i.test(text)
    ? text
    : null;
}

const DEED =
  /\b(?:requested (?:a|an|our) (?:[\w-]{2,20} ){0,2}(?:demo|quote|call|callback|call back|offer|trial)|asked for (?:a|an|our) (?:[\w-]{2,20} ){0,2}(?:demo|quote|call|callback|call back|offer|trial)|wants (?:a|an|our) (?:[\w-]{2,20} ){0,2}(?:demo|quote|call|callback|call back|offer|trial)|booked (?:a|an) (?:[\w-]{2,20} ){0,2}(?:demo|call|meeting)|started (?:a|their|the) (?:[\w-]{2,20} ){0,2}trial|(?:free |new )?trial started|(?:signed up|registered) for (?:the |our |a )?[^.,;:!?@()\n]{2,60}|downloaded (?:the |our |a |an )?[^.,;:!?@()\n]{2,60}|signed up)/i;

/** What the prospect did, in an app's sentence: "requested a demo", "downloaded the whitepaper". */
export function deedIn(line: string): string | null {
  return DEED.exec(line.slice(0, 1_000).replace(/[*"“”„«»`]/g, ''))?.[0].trim() ?? null;
}

const DATE =
  /^(?:\p{L}{2,10}\.?,? )?(?:\d{4}-\d{2}-\d{2}|\d{1,2}[ ./-](?:\d{1,2}|\p{L}{3,10}\.?)[ ./-]\d{2,4}|\p{L}{3,10}\.? \d{1,2},? \d{4})(?![\p{L}\p{N}])/u;

/** A form, page, campaign or source: its title, or a bare address without the query. A date is none of these. */
export function originText(value: string): string | null {
  const line = (value.split('\n', 1)[0] ?? '').trim();
  if (DATE.test(line)) return null;
  const text = /^https?:\/\/\S+$/i.test(line)
    ? line.replace(/[?#].*$/, '')
    : line.replace(/\s*\(https?:\/\/[^()\s]{1,2000}\)/g, '');
  return text.slice(0, 200).trim().toWellFormed() || null;
}
