import type { LeadDraft } from '../intake/draft.ts';
import { applyRules, type MappingRules } from './mapping.ts';
import type { SlackPost } from './post-text.ts';
import { openPost, readOpened, readPost } from './read-post.ts';

/**
 * Reads a post as somebody taught the app to read this sender's, and what they left out as always. Where the rules
 * find no way to reach anybody, only what they say is "not used" still counts. Never throws.
 */
export function readTaught(
  post: SlackPost,
  rules: MappingRules,
  options: { region?: string } = {},
): LeadDraft | null {
  if (rules.length === 0) return readPost(post, options);
  const unused = rules.filter(([, field]) => field === 'unused');
  return (
    readBy(post, rules, options) ?? (unused.length === rules.length ? null : readBy(post, unused, options))
  );
}

function readBy(post: SlackPost, rules: MappingRules, options: { region?: string }): LeadDraft | null {
  const opened = openPost(post);
  if (opened === null) return null;
  const taught = applyRules(rules, opened.reading);
  if (!taught.fits) return readPost(post, options);
  const { reading, fields } = taught;
  const foundContact = fields.has('email') || fields.has('phone');
  const teachesContact = rules.some(([, field]) => field === 'email' || field === 'phone');
  if ((teachesContact || opened.isList) && !foundContact) return null;
  // "New lead: …" whose words a rule has used says nothing more.
  const { trigger } = opened;
  const isLeft = trigger === null || reading.free.some((lines) => lines.includes(trigger));
  const draft = readOpened(
    post,
    { ...opened, reading, trigger: isLeft ? trigger : '' },
    { ...options, isLead: fields.size > 0 },
  );
  if (draft === null) return null;
  return { ...draft, details: [...taught.answers, ...draft.details].slice(0, 20) };
}
