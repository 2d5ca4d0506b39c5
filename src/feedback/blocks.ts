import type { StaticSelect } from '@slack/types';
import type { FlagRow, LeadRow } from '../db/schema.ts';
import { leadName } from '../lead/lead.ts';
import type { Rendered } from '../outbox/message.ts';
import type { Playbook } from '../playbook/schema.ts';
import { actions, button, escape, line, option, section, select } from '../slack/kit.ts';

/** "Bad lead ▾": one click on a reason is the whole feedback. */
export function reasonSelect(lead: Pick<LeadRow, 'id'>, playbook: Playbook): StaticSelect {
  return select(
    'Bad lead',
    'flag',
    playbook.reasons.map((reason) => option(reason.label, `${lead.id}:${reason.id}`)),
  );
}

export function flagConfirmation(flag: FlagRow, lead: LeadRow): Rendered {
  const text = `Saved for marketing: “${escape(flag.reason_label)}” about ${line(leadName(lead))}.`;
  return {
    text,
    blocks: [
      section(
        `:triangular_flag_on_post: Saved for marketing: *${line(flag.reason_label)}* about ${line(leadName(lead))}. It is counted in the weekly digest. The lead stays open.`,
      ),
      actions([button('Undo', 'flag_undo', { value: String(flag.id), label: 'Take this feedback back' })]),
    ],
  };
}
