import type { StaticSelect } from '@slack/types';
import type { FlagRow, LeadRow } from '../db/schema.ts';
import { leadName } from '../lead/lead.ts';
import type { Rendered } from '../outbox/message.ts';
import type { Playbook, Reason } from '../playbook/schema.ts';
import { actions, button, line, option, section, select } from '../slack/kit.ts';

/** "Bad lead ▾": one click on a reason is the whole feedback. */
export function reasonSelect(lead: Pick<LeadRow, 'id'>, playbook: Playbook): StaticSelect {
  return select(
    'Bad lead',
    'flag',
    playbook.reasons.map((reason) => option(reason.label, `${lead.id}:${reason.id}`)),
  );
}

/** What the rep reads after the click. A reason that is a fact ends most leads, so closing is one click away. */
export function flagConfirmation(flag: FlagRow, lead: LeadRow, kind: Reason['kind'] | undefined): Rendered {
  const reason = line(flag.reason_label);
  const name = line(leadName(lead), 80);
  const undo = button('Undo', 'flag_undo', { value: String(flag.id), label: 'Take this feedback back' });
  const isTheirs = lead.owner_id === null || lead.owner_id === flag.user_id;
  if (kind !== 'factual' || lead.state === 'resolved' || !isTheirs) {
    return {
      text: `Marketing will see: ${reason}, ${name}.`,
      blocks: [
        section(`:triangular_flag_on_post: Marketing will see: *${reason}*, ${name}.`),
        actions([undo]),
      ],
    };
  }
  const close = button('Close…', 'resolve', {
    value: String(lead.id),
    label: `Close the lead ${leadName(lead)} with a result`,
  });
  return {
    text: `Saved for marketing: ${reason}, ${name}. Close the lead as well?`,
    blocks: [
      section(`:triangular_flag_on_post: Saved for marketing: *${reason}*, ${name}. Close the lead as well?`),
      actions([close, undo]),
    ],
  };
}

export function flagTakenBack(flag: FlagRow, lead: LeadRow): string {
  return `Taken back: ${line(leadName(lead), 80)} is no longer marked as “${line(flag.reason_label)}”.`;
}
