import type { z } from 'zod';
import type { FlagRow, LeadRow, TouchRow } from '../db/schema.ts';
import { reasonSelect } from '../feedback/blocks.ts';
import { flagsOf } from '../feedback/store.ts';
import { savedDetails } from '../intake/draft.ts';
import { leadCardData, leadCardType } from '../lead/card-slot.ts';
import { isLate, putOffText, putOffUntil } from '../lead/due.ts';
import { leadName, permalink } from '../lead/lead.ts';
import { leadById } from '../lead/store.ts';
import { goesByItself } from '../lead/waiting.ts';
import { defineMessage, type Blocks, type Rendered } from '../outbox/message.ts';
import { type Breadth, breadthOf, breadthText } from '../people/breadth.ts';
import type { Playbook } from '../playbook/schema.ts';
import { resolutions } from '../resolution/kinds.ts';
import { toldButton } from '../resolution/blocks.ts';
import { waitsForAnswer } from '../resolution/told.ts';
import {
  actions,
  button,
  context,
  count,
  escape,
  inSentence,
  line,
  section,
  user,
  when,
  whenDay,
  quote,
} from '../slack/kit.ts';
import { isBlind, isFree } from '../lead/permission.ts';
import { teamById } from '../team/store.ts';
import { stepOf, stepWhen } from '../touch/agreed-step.ts';
import {
  attemptsText,
  closeButton,
  contactLine,
  nextStepButton,
  noteLine,
  touchButtons,
} from '../touch/blocks.ts';
import { touchKinds } from '../touch/kinds.ts';
import { earlyText } from './early.ts';
import { touchesOf } from '../touch/store.ts';
import { renderBlindCard } from './blind.ts';
import { moreMenu } from './more-menu.ts';

export interface CardView {
  lead: LeadRow;
  flags: readonly FlagRow[];
  /** The touches of the present cadence that count, oldest first. */
  touches: readonly TouchRow[];
  /** How many people at the account are tried; undefined where the card does not say. */
  breadth?: Breadth;
  /** Whether the owner is neither rep nor manager any more. */
  ownerIsGone: boolean;
  now: number;
  playbook: Playbook;
  /** Where the original post is; null where there was none, or it is deleted. */
  originUrl: string | null;
}

/** The lead's card in the channel: always the truth, rendered when it is sent. */
export const leadCard = defineMessage(
  leadCardType,
  leadCardData satisfies z.ZodType,
  async (work, { leadId }) => {
    const lead = await leadById(work, leadId);
    const team = await teamById(work, lead.sales_team_id);
    if (isBlind(lead, team)) return renderBlindCard(lead);
    const playbook = await work.playbooks.version(work.db, lead.playbook_version);
    return renderCard({
      lead,
      flags: await flagsOf(work.db, leadId),
      touches: await touchesOf(work.db, lead),
      ownerIsGone: lead.owner_id !== null && isFree(lead, team),
      now: work.now,
      playbook,
      breadth: lead.state === 'working' ? await breadthOf(work, lead, playbook) : undefined,
      originUrl: originUrl(lead, work.workspace.url),
    });
  },
);

export function renderCard(view: CardView): Rendered {
  const { lead } = view;
  const what = lead.account === null ? '' : `, ${line(lead.account, 80)}`;
  return {
    text: `Lead: ${line(leadName(lead), 80)}${what}. ${lead.rank}: ${escape(lead.rank_reason)}. ${plainStatus(lead)}`,
    blocks: [
      section(`${title(lead)}\n${contactLine(lead)}`),
      ...(lead.message === null ? [] : [section(quote(lead.message))]),
      ...answers(lead),
      context(
        [`*${lead.rank}*`, escape(lead.rank_reason), personas(lead), via(view)].filter(Boolean).join(' · '),
      ),
      context(...statusLines(view)),
      ...buttons(view),
    ],
  };
}

function originUrl(lead: LeadRow, base: string): string | null {
  const { origin_channel_id: channelId, origin_ts: ts, origin_deleted_at: deletedAt } = lead;
  return channelId === null || ts === null || deletedAt !== null ? null : permalink(base, channelId, ts);
}

const arrivals = { post: '', webhook: '', import: 'imported', hand: 'added' } as const;

/** How it came: `via HubSpot: Demo request · original post`. */
function via({ lead, originUrl: url }: CardView): string {
  const by = lead.added_by === null || lead.way === 'post' ? '' : ` by ${user(lead.added_by)}`;
  const how = arrivals[lead.way];
  return [
    `via ${line(lead.source, 80)}`,
    how && `${how}${by}`,
    url === null ? '' : `<${url}|original post>`,
    lead.origin_deleted_at === null ? '' : 'original post deleted',
  ]
    .filter(Boolean)
    .join(' · ');
}

/** Whom the campaign addressed, and whom the rep sells to. */
function personas({ marketing_persona: marketing, sales_persona: sales }: LeadRow): string {
  return [marketing, sales === null ? null : inSentence(sales)]
    .filter((persona) => persona !== null)
    .map(escape)
    .join(', ');
}

/** What else they answered; the first few, the rest is in the original post. */
function answers(lead: LeadRow): Blocks {
  const said = savedDetails(lead).slice(0, 5);
  if (said.length === 0) return [];
  return [context(...said.map(({ label, value }) => `${line(label, 40)}: ${line(value, 100)}`))];
}

function title(lead: LeadRow): string {
  const role = lead.title === null ? '' : `, ${line(lead.title, 80)}`;
  const account = lead.account === null ? '' : ` · ${line(lead.account, 80)}`;
  return `*${line(leadName(lead), 80)}*${role}${account}`;
}

function statusLines(view: CardView): string[] {
  const { lead, touches, playbook } = view;
  const planned = playbook.ranks[lead.rank]?.cadence.length ?? 0;
  const lines = [ownerText(view)];
  if (lead.owner_id !== null || lead.attempts > 0) lines.push(attemptsText(lead.attempts, planned));
  lines.push(lastTouchText(view));
  const note = touches.findLast((touch) => touch.note !== null)?.note ?? null;
  if (note !== null) lines.push(noteLine(note));
  lines.push(nextText(view));
  if (view.breadth) lines.push(`:busts_in_silhouette: ${breadthText(view.breadth, lead)}`);
  if (lead.resolution_note !== null) lines.push(noteLine(lead.resolution_note));
  lines.push(flagsText(view.flags));
  return lines.filter((text) => text !== '');
}

function ownerText({ lead, ownerIsGone }: CardView): string {
  if (lead.owner_id === null && lead.state === 'resolved') return '';
  // The reason is a sentence of routing's, with nothing of the lead in it.
  if (lead.waits_for !== null) {
    const next = goesByItself(lead.waits_for) ? 'It goes to a rep by itself' : 'Claim it, or hand it on';
    return `:hourglass: Waits: ${lead.waits_for}. ${next}`;
  }
  if (lead.owner_id === null) return lead.owned_at === null ? 'Nobody has it yet' : 'Nobody has it now';
  if (ownerIsGone && lead.state !== 'resolved') return `${user(lead.owner_id)} has left the roster`;
  return `:bust_in_silhouette: ${user(lead.owner_id)}`;
}

function lastTouchText({ lead, touches }: CardView): string {
  if (lead.last_touch_at === null || lead.last_touch_kind === null) return '';
  const by = touches.at(-1)?.user_id;
  const other = by === undefined || by === lead.owner_id ? '' : ` by ${user(by)}`;
  return `Last: ${touchKinds[lead.last_touch_kind].done}${other}, ${when(lead.last_touch_at)}`;
}

function nextText(view: CardView): string {
  const { lead, now } = view;
  if (lead.resolution !== null) {
    const by = lead.resolved_by === null ? '' : ` by ${user(lead.resolved_by)}`;
    const back = lead.return_at === null ? '' : ` · comes back ${whenDay(lead.return_at)}`;
    return `:checkered_flag: *${resolutions[lead.resolution].label}*${by}, ${when(lead.resolved_at ?? 0)}${back}${earlyText(view)} · ${toldText(lead)}`;
  }
  if (lead.owner_id === null) return '';
  if (lead.next_attempt_at === null)
    return '*All planned attempts made:* close it with a result, or keep going';
  const putOff = putOffUntil(lead, now);
  if (putOff !== null) return `:zzz: ${putOffText(lead, putOff)}`;
  const due = when(lead.next_attempt_at);
  const late = isLate(lead, now);
  const step = stepOf(lead);
  if (step) return `${late ? ':red_circle:' : ':calendar:'} Next step: ${line(step.text)}, ${stepWhen(step)}`;
  if (lead.replied_at !== null)
    return late
      ? `:red_circle: *They replied.* Your next step was due ${due}`
      : `:speech_balloon: *They replied.* Your next step is due ${due}`;
  return late
    ? `:red_circle: Attempt ${lead.attempts + 1} was due ${due}`
    : `Next due: attempt ${lead.attempts + 1}, ${due}`;
}

function toldText({ answered, needs_answer: needsAnswer }: LeadRow): string {
  if (answered === 1) return 'prospect was told';
  return needsAnswer === 0 ? 'nobody to answer' : 'prospect heard nothing';
}

/** Who said what: `@Alice: company too small, phone missing`. The first three reasons are named. */
function flagsText(flags: readonly FlagRow[]): string {
  if (flags.length === 0) return '';
  const said = new Map<string, string[]>();
  for (const flag of flags.slice(0, 3)) {
    said.set(flag.user_id, [...(said.get(flag.user_id) ?? []), line(inSentence(flag.reason_label), 60)]);
  }
  const people = [...said].map(([userId, reasons]) => `${user(userId)}: ${reasons.join(', ')}`);
  const more = flags.length > 3 ? ` and ${flags.length - 3} more` : '';
  return `:triangular_flag_on_post: ${people.join('; ')}${more}`;
}

function plainStatus(lead: LeadRow): string {
  if (lead.resolution !== null) return `Closed: ${resolutions[lead.resolution].label}.`;
  if (lead.waits_for !== null) return `Waits: ${lead.waits_for}.`;
  if (lead.owner_id === null) return lead.owned_at === null ? 'Nobody has it yet.' : 'Nobody has it now.';
  return `${count(lead.attempts, 'attempt')} made.`;
}

function buttons({ lead, playbook, ownerIsGone }: CardView): Blocks {
  const value = String(lead.id);
  const name = leadName(lead);
  const badLead = reasonSelect(lead, playbook);
  const close = closeButton(lead);
  if (lead.state === 'resolved') {
    const reopen = button('Reopen', 'reopen', { value, label: `Reopen the lead ${name}` });
    const story = button('Story', 'story', { value, label: `The story of ${name}` });
    const told = waitsForAnswer(lead) ? [toldButton(lead)] : [];
    return [actions([...told, reopen, story])];
  }
  if (lead.state === 'offered' || ownerIsGone) {
    const claim = button('Claim', 'claim', { value, style: 'primary', label: `Claim the lead ${name}` });
    return [actions([claim, badLead, close, moreMenu(lead, ownerIsGone)])];
  }
  const messages = button('Messages…', 'messages', { value, label: `What to say to ${name}` });
  const own = [nextStepButton(lead), messages, badLead, close, moreMenu(lead, true)];
  return [touchButtons(lead), actions(own)];
}
