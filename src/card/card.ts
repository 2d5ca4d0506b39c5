import type { z } from 'zod';
import type { FlagRow, LeadRow } from '../db/schema.ts';
import { reasonSelect } from '../feedback/blocks.ts';
import { flagsOf } from '../feedback/store.ts';
import { leadCardData, leadCardType } from '../lead/card-slot.ts';
import { leadName, permalink } from '../lead/lead.ts';
import { leadById } from '../lead/store.ts';
import { defineMessage, type Blocks, type Rendered } from '../outbox/message.ts';
import type { Playbook } from '../playbook/schema.ts';
import { resolutions } from '../resolution/resolution.ts';
import {
  actions,
  button,
  context,
  count,
  escape,
  line,
  section,
  truncate,
  user,
  when,
} from '../slack/kit.ts';
import { attemptDots, touchButtons } from '../touch/blocks.ts';
import { touchKinds } from '../touch/kinds.ts';

export interface CardView {
  lead: LeadRow;
  flags: readonly FlagRow[];
  playbook: Playbook;
  /** Where the original post is. */
  originUrl: string;
}

/** The lead's card in the channel: always the truth, rendered when it is sent. */
export const leadCard = defineMessage(
  leadCardType,
  leadCardData satisfies z.ZodType,
  async (work, { leadId }) => {
    const lead = await leadById(work, leadId);
    return renderCard({
      lead,
      flags: await flagsOf(work.db, leadId),
      playbook: await work.playbooks.version(work.db, lead.playbook_version),
      originUrl: permalink(work.workspace.url, lead.channel_id, lead.origin_ts),
    });
  },
);

export function renderCard(view: CardView): Rendered {
  const { lead } = view;
  const what = lead.account === null ? '' : `, ${line(lead.account, 80)}`;
  return {
    text: `Lead: ${line(leadName(lead), 80)}${what}. ${lead.rank}: ${escape(lead.rank_reason)}. ${plainStatus(lead)}`,
    blocks: [
      section(`${title(lead)}\n${contact(lead)}`),
      ...(lead.message === null ? [] : [section(quote(lead.message))]),
      context(
        `*${lead.rank}* · ${escape(lead.rank_reason)} · via ${line(lead.source, 80)} · <${view.originUrl}|original post>`,
      ),
      context(...statusLines(view)),
      ...buttons(view),
    ],
  };
}

function title(lead: LeadRow): string {
  const role = lead.title === null ? '' : `, ${line(lead.title, 80)}`;
  const account = lead.account === null ? '' : ` · ${line(lead.account, 80)}`;
  return `*${line(leadName(lead), 80)}*${role}${account}`;
}

function contact(lead: LeadRow): string {
  const parts: string[] = [];
  if (lead.email !== null) parts.push(`:email: <mailto:${escape(lead.email)}|${escape(lead.email)}>`);
  if (lead.phone !== null) {
    const digits = lead.phone.replace(/[^+\d]/g, '');
    parts.push(
      `:telephone_receiver: ${digits === '' ? line(lead.phone) : `<tel:${digits}|${line(lead.phone, 40)}>`}`,
    );
  }
  return parts.join('   ');
}

function quote(message: string): string {
  return `>${escape(truncate(message, 600)).replace(/\r?\n/g, '\n>')}`;
}

function statusLines({ lead, flags, playbook }: CardView): string[] {
  const planned = playbook.ranks[lead.rank]?.cadence.length ?? 0;
  const lines: string[] = [];
  lines.push(lead.owner_id === null ? 'Nobody has it yet' : `:bust_in_silhouette: ${user(lead.owner_id)}`);
  if (lead.owner_id !== null)
    lines.push(`${attemptDots(lead.attempts, planned)} ${lead.attempts} of ${planned}`);
  if (lead.last_touch_at !== null && lead.last_touch_kind !== null) {
    lines.push(`Last: ${touchKinds[lead.last_touch_kind].done}, ${when(lead.last_touch_at)}`);
  }
  const next = nextText(lead);
  if (next !== '') lines.push(next);
  if (flags.length > 0) {
    const said = flags.slice(0, 3).map((flag) => `${line(flag.reason_label, 60)} (${user(flag.user_id)})`);
    const more = flags.length > 3 ? ` and ${flags.length - 3} more` : '';
    lines.push(`:triangular_flag_on_post: ${said.join(', ')}${more}`);
  }
  return lines;
}

function nextText(lead: LeadRow): string {
  if (lead.resolution !== null) {
    const answered = lead.answered === 1 ? 'answered' : 'not answered';
    const by = lead.resolved_by === null ? '' : ` by ${user(lead.resolved_by)}`;
    return `:checkered_flag: *${resolutions[lead.resolution].label}*, ${answered}${by}, ${when(lead.resolved_at ?? 0)}`;
  }
  if (lead.owner_id === null) return '';
  if (lead.next_attempt_at === null)
    return '*All planned attempts made:* close it with a result, or keep going';
  if (lead.replied_at !== null)
    return `:speech_balloon: *They replied.* Your next step by ${when(lead.next_attempt_at)}`;
  return `Next due: attempt ${lead.attempts + 1}, ${when(lead.next_attempt_at)}`;
}

function plainStatus(lead: LeadRow): string {
  if (lead.resolution !== null) return `Closed: ${resolutions[lead.resolution].label}.`;
  return lead.owner_id === null ? 'Nobody has it yet.' : `${count(lead.attempts, 'attempt')} made.`;
}

function buttons({ lead, playbook }: CardView): Blocks {
  const value = String(lead.id);
  const name = leadName(lead);
  const badLead = reasonSelect(lead, playbook);
  const close = button('Close…', 'resolve', { value, label: `Close the lead ${name} with a result` });
  if (lead.state === 'resolved') {
    return [actions([button('Reopen', 'reopen', { value, label: `Reopen the lead ${name}` })])];
  }
  if (lead.state === 'offered') {
    const claim = button('Claim', 'claim', { value, style: 'primary', label: `Claim the lead ${name}` });
    return [actions([claim, badLead, close])];
  }
  return [touchButtons(lead), actions([badLead, close])];
}
