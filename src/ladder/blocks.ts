import type { LeadRow } from '../db/schema.ts';
import { isLeftWithOwner, type LadderKind } from '../lead/ladder.ts';
import { leadName, leadTitle } from '../lead/lead.ts';
import { isBlind } from '../lead/permission.ts';
import type { Rendered } from '../outbox/message.ts';
import { button, context, count, escape, line, section, user } from '../slack/kit.ts';
import type { Team } from '../team/team.ts';
import { waited } from './waited.ts';

export interface ClimberView {
  lead: LeadRow;
  /** Of its card; undefined while that is not posted. */
  url: string | undefined;
  now: number;
  /** Whether it still waits for what the message asks for. */
  isOpen: boolean;
  /** Whether nobody else got it since the message was written. */
  isSameLadder: boolean;
  /** Who had it before it came back to nobody. */
  before: readonly string[];
}

/** So many leads are named in one message; the rest is counted. */
const named = 10;

/** `A lead of rank A has waited 30 minutes for somebody: …`. @param leads at least one */
export function reminder(leads: readonly ClimberView[], team: Team): Rendered {
  const waiting = leads.filter(({ isOpen }) => isOpen);
  const [first] = waiting;
  const headline = first
    ? `:hourglass: ${waitingText(first, waiting, team)} ${waiting.length === 1 ? 'Who takes it?' : 'Who takes them?'}`
    : `${settledMark(leads)} ${leads.length === 1 ? 'A lead' : count(leads.length, 'lead')} waited for somebody.`;
  const rows = leads.slice(0, named).map((view) => {
    const { lead, isOpen } = view;
    const which = cardLink(view, team);
    if (!isOpen) return section(`${which}\n${becameText(view)}`);
    const isKnown = leads.length === 1 && !isBlind(lead, team);
    const claim = button('Claim', 'claim', {
      value: String(lead.id),
      label: `Claim ${isBlind(lead, team) ? `this lead of rank ${lead.rank}` : `the lead ${leadName(lead)}`}`,
    });
    return section(isKnown ? which : `${which}, for ${waited(view, team)}`, claim);
  });
  return {
    text: headline.replace(/^:\w+: /, ''),
    blocks: [section(headline), ...rows, ...more(leads)],
  };
}

function waitingText(first: ClimberView, waiting: readonly ClimberView[], team: Team): string {
  return waiting.length === 1
    ? `A lead of rank ${first.lead.rank} has waited ${waited(first, team)} for somebody.`
    : `${count(waiting.length, 'lead')} wait for somebody.`;
}

/** To a manager, with a way to give each lead to somebody. @param leads at least one */
export function report(kind: LadderKind, leads: readonly ClimberView[], team: Team): Rendered {
  const waiting = leads.filter(({ isOpen }) => isOpen);
  const isSettled = waiting.length === 0;
  const headline = headlineText(kind, isSettled ? leads : waiting, isSettled);
  const rows = leads.slice(0, named).map((view) => {
    const { lead, isOpen } = view;
    const link = view.url === undefined ? '' : `  <${view.url}|Open card>`;
    const what = `${leadTitle(lead)}, rank ${lead.rank}`;
    if (!isOpen) return section(`${what}\n${becameText(view)}${link}`);
    const since =
      lead.owner_id === null
        ? `For ${waited(view, team)}.${beforeText(view.before)}`
        : `${user(lead.owner_id)} has had it for ${waited(view, team)} without a touch.${isLeftWithOwner(lead) ? ' Nobody else could take it, so it stays with them.' : ''}`;
    const why = lead.waits_for === null ? '' : `\nIt waits: ${lead.waits_for}.`;
    return section(
      `${what}\n${since}${link}${why}`,
      button('Hand on…', 'hand_on', {
        value: String(lead.id),
        label: `Give the lead ${leadName(lead)} to a rep`,
      }),
    );
  });
  const mark = isSettled ? settledMark(leads) : ':ladder:';
  return {
    text: `${headline} in ${line(team.name, 60)}.`,
    blocks: [section(`${mark} *${headline}* in ${line(team.name, 60)}.`), ...rows, ...more(leads)],
  };
}

function headlineText(kind: LadderKind, leads: readonly ClimberView[], isSettled: boolean): string {
  const what = leads.length === 1 ? 'A lead' : count(leads.length, 'lead');
  const [has, is] = leads.length === 1 ? ['has', 'is'] : ['have', 'are'];
  if (kind === 'untouched') {
    const was = leads.length === 1 ? 'was' : 'were';
    return isSettled ? `${what} ${was} untouched` : `${what} ${is} still untouched`;
  }
  if (isSettled) return `${what} had nobody`;
  return `${what} ${has} nobody${leads.some(({ before }) => before.length > 0) ? '' : ' yet'}`;
}

function beforeText(before: readonly string[]): string {
  return before.length === 0 ? '' : ` Had by ${before.slice(0, 5).map(user).join(', ')} before.`;
}

/** A tick only where somebody has every lead: one that was closed may have ended with no answer at all. */
function settledMark(leads: readonly ClimberView[]): string {
  return leads.every(({ lead }) => lead.owner_id !== null && lead.state !== 'resolved')
    ? ':white_check_mark:'
    : ':ladder:';
}

/** What became of a lead since the message was written. */
function becameText({ lead, isSameLadder }: ClimberView): string {
  if (lead.state === 'resolved') return ':checkered_flag: It is closed.';
  if (lead.state === 'held') return ':hourglass: It waits for marketing.';
  if (lead.owner_id === null) {
    if (lead.waits_for !== null) return `:hourglass: It waits: ${lead.waits_for}.`;
    return ':hourglass: It is on offer again.';
  }
  const isTouched = lead.state === 'working' && isSameLadder;
  return `:white_check_mark: ${user(lead.owner_id)} ${isTouched ? 'has touched it' : 'has it now'}.`;
}

function more(leads: readonly ClimberView[]): ReturnType<typeof context>[] {
  const rest = leads.length - named;
  return rest > 0 ? [context(`And ${count(rest, 'more lead')}; \`/standup\` shows the team.`)] : [];
}

/** A blind lead says no name, but what its card says; whoever claims it learns the rest. */
function cardLink({ lead, url }: ClimberView, team: Team): string {
  const open = url === undefined ? '' : `  <${url}|Open card>`;
  const facts = `rank ${lead.rank}, ${escape(lead.rank_reason)}, via ${line(lead.source, 80)}`;
  return isBlind(lead, team)
    ? `*A lead of ${facts}*${open}`
    : `${leadTitle(lead)}${open} · rank ${lead.rank}`;
}
