import type { LeadRow } from '../db/schema.ts';
import { savedDetails } from '../intake/draft.ts';
import { savedReasons } from '../intake/gate.ts';
import { leadCardData, heldCardType } from '../lead/card-slot.ts';
import { leadName, permalink } from '../lead/lead.ts';
import { leadById } from '../lead/store.ts';
import { type Blocks, defineMessage, type Rendered } from '../outbox/message.ts';
import { resolutions } from '../resolution/kinds.ts';
import {
  actions,
  button,
  context,
  escape,
  inSentence,
  line,
  section,
  user,
  when,
  quote,
} from '../slack/kit.ts';
import { contactLine } from '../touch/blocks.ts';
import { mailText, mailtoLink } from '../template/links.ts';
import { turnDownOf } from './decision.ts';
import { type GateDecision, lastDecision } from './store.ts';
import { canTakeBack } from './turn-down.ts';

export interface HeldCardView {
  lead: LeadRow;
  /** What was decided last; undefined while nothing was. */
  decision: GateDecision | undefined;
  /** Where the original post is; null where there is none. */
  originUrl: string | null;
  /** Whether it can be taken back that it was turned down. */
  canTakeBack: boolean;
}

/** A held lead in the marketing channel, and afterwards what became of it. */
export const heldCard = defineMessage(heldCardType, leadCardData, async (work, { leadId }) => {
  const lead = await leadById(work, leadId);
  const { origin_channel_id: channelId, origin_ts: ts, origin_deleted_at: deletedAt } = lead;
  return renderHeldCard({
    lead,
    decision: lead.state === 'held' ? undefined : await lastDecision(work, leadId),
    originUrl:
      channelId === null || ts === null || deletedAt !== null
        ? null
        : permalink(work.workspace.url, channelId, ts),
    canTakeBack: canTakeBack(lead, work.now),
  });
});

export function renderHeldCard(view: HeldCardView): Rendered {
  const { lead } = view;
  const account = lead.account === null ? '' : `, ${line(lead.account, 80)}`;
  const isHeld = lead.state === 'held';
  const said = isHeld ? reasonsOf(lead).join(' ') : outcomeText(view);
  return {
    text: `${isHeld ? 'Held lead' : 'Lead'}: ${line(leadName(lead), 80)}${account}. ${lead.rank}: ${escape(lead.rank_reason)}. ${said}`,
    blocks: [
      section(`${title(lead)}\n${contactLine(lead)}`.trim()),
      ...(lead.message === null || lead.message.trim() === '' ? [] : [section(quote(lead.message))]),
      ...(isHeld ? answers(lead) : []),
      context([`*${lead.rank}*`, escape(lead.rank_reason), ...via(view)].join(' · ')),
      ...(isHeld ? decisionBlocks(lead) : [section(said), ...untoldBlocks(view)]),
    ],
  };
}

function decisionBlocks(lead: LeadRow): Blocks {
  const value = String(lead.id);
  const name = leadName(lead);
  return [
    section(`:hourglass: *Held* since ${when(lead.created_at)}: ${reasonsOf(lead).join(' ')}`),
    actions([
      button('Release', 'held_release', {
        value,
        style: 'primary',
        label: `Release the lead ${name} to the reps`,
      }),
      button('Complete…', 'held_complete', { value, label: `Complete what is known of the lead ${name}` }),
      button('Turn down…', 'held_turn_down', { value, label: `Turn down the lead ${name} politely` }),
    ]),
  ];
}

/** While the prospect has heard nothing: the words for them, and the ways on. */
function untoldBlocks(view: HeldCardView): Blocks {
  const { lead } = view;
  const turnedDown = standing(view);
  if (!turnedDown || lead.answered === 1) return [];
  const value = String(lead.id);
  const name = leadName(lead);
  const { needsAnswer, text = '' } = turnedDown;
  const buttons = [
    ...(needsAnswer
      ? [button('It is sent', 'held_sent', { value, label: `The answer to ${name} is sent` })]
      : []),
    ...(view.canTakeBack
      ? [button('Take back', 'held_take_back', { value, label: `${name} was turned down by mistake` })]
      : []),
  ];
  const hasLink = lead.email !== null && mailtoLink(lead.email, text).hasText;
  return [
    ...(needsAnswer ? [section(mailText(lead, text, 'with your words'))] : []),
    ...(needsAnswer && !hasLink && text.trim() !== '' ? [section(quote(text, 2500))] : []),
    ...(buttons.length === 0 ? [] : [actions(buttons)]),
  ];
}

/** How it was turned down; undefined where it was not, or has been opened again since. */
function standing({ lead, decision }: HeldCardView): ReturnType<typeof turnDownOf> {
  return decision && decision.at === lead.resolved_at ? turnDownOf(decision) : undefined;
}

/** What happened, for mrkdwn: `Released by @Max, now with @Alice`. */
function outcomeText(view: HeldCardView): string {
  const { lead, decision } = view;
  const stands = standing(view);
  if (decision && stands) {
    const { needsAnswer, label } = stands;
    const told =
      lead.answered === 1
        ? 'prospect was told'
        : needsAnswer
          ? 'prospect heard nothing yet'
          : 'nobody to answer';
    return `:no_entry_sign: *Turned down* by ${user(decision.actor)}: ${line(inSentence(label), 60)} · ${told}`;
  }
  const place = placeText(lead);
  if (!decision || decision.actor === 'app')
    return `:white_check_mark: *Released*, because it came in again and nothing holds it any more; ${place}`;
  if (turnDownOf(decision))
    return `:recycle: Turned down by ${user(decision.actor)}, then opened again; ${place}`;
  return `:white_check_mark: *Released* by ${user(decision.actor)}, ${place}`;
}

function placeText(lead: LeadRow): string {
  if (lead.resolution !== null) return `closed since: ${inSentence(resolutions[lead.resolution].label)}`;
  if (lead.owner_id !== null) return `now with ${user(lead.owner_id)}`;
  // The reason is a sentence of routing's, with nothing of the lead in it.
  if (lead.waits_for !== null) return `now in <#${lead.channel_id}>, where it waits: ${lead.waits_for}`;
  return `now on offer in <#${lead.channel_id}>`;
}

/** Why it is held, in sentences, for mrkdwn. */
function reasonsOf(lead: LeadRow): string[] {
  return savedReasons(lead.held_reasons).map(escape);
}

function title(lead: LeadRow): string {
  const role = lead.title === null ? '' : `, ${line(lead.title, 80)}`;
  const account = lead.account === null ? '' : ` · ${line(lead.account, 80)}`;
  return `*${line(leadName(lead), 80)}*${role}${account}`;
}

/** How it came: `via HubSpot: Contact list · original post`. */
function via({ lead, originUrl }: HeldCardView): string[] {
  return [
    `via ${line(lead.source, 80)}`,
    ...(lead.campaign === null ? [] : [`campaign ${line(lead.campaign, 60)}`]),
    ...(lead.added_by === null ? [] : [`from ${user(lead.added_by)}`]),
    ...(originUrl === null ? [] : [`<${originUrl}|original post>`]),
  ];
}

function answers(lead: LeadRow): Blocks {
  const said = savedDetails(lead).slice(0, 5);
  if (said.length === 0) return [];
  return [context(...said.map(({ label, value }) => `${line(label, 40)}: ${line(value, 100)}`))];
}
