import type { LeadDraft } from './draft.ts';
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
 * The source as one text: the sender's own "Source" field, else the form or page, behind the app's name where an app
 * posted it. `hint` is a form name found outside the fields.
 */
export function sourceOf(found: FoundField[], sender: string | null, hint: string | null): string | null {
  const stated = pick(found, 'source', sourceText);
  if (stated !== null) return stated;
  const form = pick(found, 'form', sourceText) ?? hint;
  if (sender === null || form === null) return form ?? sender;
  return form.toLowerCase().includes(sender.toLowerCase()) ? form : `${sender}: ${form}`;
}

/** The form's name in "New submission on *Demo request*"; never what turned out to be the person or the account. */
export function formInHeading(lines: string[], draft: Pick<LeadDraft, 'name' | 'account'>): string | null {
  for (const line of lines) {
    const form = namedForm(line.slice(0, 300));
    if (form !== null && form !== draft.name && form !== draft.account) return form;
  }
  return null;
}

function namedForm(line: string): string | null {
  const text = line.replace(/[*"“”„«»`]/g, '');
  const said =
    /\b(?:submissions?|response|entry|form fill|signup|sign-up|antwort|eintrag|anfrage|réponse|soumission|respuesta)\b(?:\s*:\s*|\s+(?:on|for|to|via|über|zu|sur|pour|en|para)\s+(?:(?:the|your|our|das|die|den|unser|unsere|le|la|el) )?)(.{2,80})$/i.exec(
      text,
    )?.[1] ??
    /\b(?:from|of|through|aus|du)\s+(?:the |your |our )?(.{2,60}?\b(?:form|page|website|site|formular|popup|landing page))\b/i.exec(
      text,
    )?.[1];
  const form = said?.replace(/[\s.!:]+$/, '').trim() ?? '';
  return form === '' || form.includes('@') ? null : form;
}

/** A page is named by its title; a bare address is kept as it is, without the query. */
function sourceText(value: string): string | null {
  const line = (value.split('\n', 1)[0] ?? '').trim();
  const text = /^https?:\/\/\S+$/i.test(line)
    ? line.replace(/[?#].*$/, '')
    : line.replace(/\s*\(https?:\/\/[^()\s]{1,2000}\)/g, '');
  return text.slice(0, 200).trim() || null;
}
