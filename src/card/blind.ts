import type { LeadRow } from '../db/schema.ts';
import type { Rendered } from '../outbox/message.ts';
import {
  actions,
  button,
  context,
  escape,
  inSentence,
  line,
  option,
  overflow,
  section,
} from '../slack/kit.ts';

/**
 * The card of a lead that shows rank, reason, source and personas, and nothing that says who it is: reps can't wait for
 * the well-known names. The full card takes its place with the claim.
 */
export function renderBlindCard(lead: LeadRow): Rendered {
  const { marketing_persona: marketing, sales_persona: sales } = lead;
  const personas = [marketing, sales === null ? null : inSentence(sales)]
    .filter((persona) => persona !== null)
    .map(escape)
    .join(', ');
  const value = String(lead.id);
  const reason = escape(lead.rank_reason);
  return {
    text: `Lead: rank ${lead.rank}, ${reason}. Nobody has it yet.`,
    blocks: [
      section(`*A lead of rank ${lead.rank}:* ${reason}\nName and account are shown once it is claimed.`),
      context([`via ${line(lead.source, 80)}`, personas].filter(Boolean).join(' · ')),
      context(
        lead.waits_for === null
          ? 'Nobody has it yet'
          : `:hourglass: Waits: ${lead.waits_for}. It goes to a rep by itself`,
      ),
      actions([
        button('Claim', 'claim', {
          value,
          style: 'primary',
          label: `Claim this lead of rank ${lead.rank}`,
        }),
        overflow('more', [option('Hand on…', `${value}:hand_on`), option('Why here?', `${value}:why`)]),
      ]),
    ],
  };
}
