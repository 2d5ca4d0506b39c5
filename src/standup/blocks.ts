import { leadName, leadTitle } from '../lead/lead.ts';
import type { Rendered } from '../outbox/message.ts';
import {
  button,
  context,
  count,
  escape,
  fitting,
  header,
  section,
  user,
  when,
  whenDay,
} from '../slack/kit.ts';
import type { HeldStanding, LinkedLead, RepStanding, Standup } from './standup.ts';

/** A message takes 50 blocks; beyond this many reps the least late are only counted. */
const shownReps = 36;

export function renderStandup(standup: Standup): Rendered {
  const late = standup.reps.reduce((sum, rep) => sum + rep.overdue, standup.begun);
  const begun = standup.begun === 0 ? '' : ` (${standup.begun} begun and left behind)`;
  const alone = standup.unclaimed + standup.abandoned.reduce((sum, { leads }) => sum + leads, 0);
  const unclaimed = alone === 0 ? 'every lead has a rep' : `${count(alone, 'lead')} without a rep${begun}`;
  const unnamed = standup.unclaimed - standup.offered.length;
  const summary = `${late === 0 ? 'Nobody is late' : `${count(late, 'lead')} late`}, ${unclaimed}.`;
  const shown = fitting(standup.reps.slice(0, shownReps).map((rep) => section(repText(rep))));
  const rest = standup.reps.length - shown.length;
  return {
    text: `Standup of ${escape(standup.teamName)}. ${summary}`,
    blocks: [
      header(`Standup: ${standup.teamName}`),
      section(
        [
          summary,
          ...questionsText(standup.questions),
          ...abandonedText(standup.abandoned),
          ...heldText(standup.held),
        ].join('\n'),
      ),
      ...standup.offered.map(offeredRow),
      ...(standup.offered.length > 0 && unnamed > 0
        ? [context(`…and ${count(unnamed, 'more lead')} without a rep${placeText(standup.channels)}.`)]
        : []),
      ...shown,
      ...(rest > 0 ? [context(`${count(rest, 'more rep')}, none of them later than these.`)] : []),
      context('Late counts from the due time in your team’s working hours. This week starts on Monday.'),
    ],
  };
}

function repText(rep: RepStanding): string {
  const attempts = rep.lateOn.map(({ attempt, leads }) => `attempt ${attempt} ×${leads}`);
  if (rep.stepsLate > 0) attempts.unshift(count(rep.stepsLate, 'agreed step'));
  if (rep.repliesLate > 0) attempts.unshift(`${count(rep.repliesLate, 'reply', 'replies')} waiting`);
  const parts = [
    rep.overdue === 0 ? 'not late' : `:red_circle: *${rep.overdue} late* (${attempts.join(', ')})`,
  ];
  if (rep.ignored > 0) parts.push(`*${rep.ignored} ignored nudge and message*`);
  if (rep.putOff > 0) parts.push(`${rep.putOff} put off`);
  if (rep.dueToday > 0) parts.push(`${rep.dueToday} more due today`);
  if (rep.untouched > 0) parts.push(`*${rep.untouched} untouched*`);
  const inTime = rep.repliesWaiting - rep.repliesLate;
  if (inTime > 0) parts.push(`:speech_balloon: ${count(inTime, 'reply', 'replies')} to answer`);
  if (rep.toClose > 0) parts.push(`${rep.toClose} to close`);
  parts.push(`${rep.open} open`);
  const qualified = rep.qualifiedThisWeek > 0 ? ` (${rep.qualifiedThisWeek} qualified)` : '';
  parts.push(`${rep.resolvedThisWeek} resolved this week${qualified}`);
  const absent = rep.absent === undefined ? '' : ` (${rep.absent})`;
  const unnamed = rep.overdue - rep.late.length;
  const more = rep.late.length > 0 && unnamed > 0 ? [`…and ${unnamed} more late`] : [];
  return [`${user(rep.userId)}${absent}  ${parts.join(' · ')}`, ...rep.late.map(lateText), ...more].join(
    '\n',
  );
}

/** Where to see the leads without a rep that are not named. */
function placeText(channels: readonly string[]): string {
  const where = channels.slice(0, 3).map((id) => `<#${id}>`);
  if (where.length === 0) return '';
  return `: their cards are in ${where.join(', ')}${channels.length > where.length ? ' and others' : ''}`;
}

function questionsText({ open, url }: Standup['questions']): string[] {
  if (open === 0) return [];
  const which = open === 1 ? 'possible duplicate waits' : 'possible duplicates wait';
  const look = url === undefined ? '' : `  <${url}|Decide>`;
  return [`:busts_in_silhouette: ${open} ${which} for your word${look}`];
}

function lateText({ lead, url }: LinkedLead): string {
  const attempt = lead.attempts === 0 ? 'untouched, first touch late' : `attempt ${lead.attempts + 1}`;
  const planned = lead.step_due_at === null ? attempt : 'agreed step';
  const what = lead.replied_at === null ? planned : 'reply waiting, late';
  const since = lead.next_attempt_at === null ? '' : ` since ${when(lead.next_attempt_at)}`;
  const putOff = lead.snoozed_until === null ? '' : `, was put off until ${when(lead.snoozed_until)}`;
  const ignored = lead.ignored_at === null ? '' : ', nudge and message ignored';
  return `• ${leadTitle(lead)}: ${what}${since}${putOff}${ignored}${linkText(url)}`;
}

function offeredRow({ lead, url }: LinkedLead): ReturnType<typeof section> {
  const begun = lead.attempts === 0 ? '' : `, ${count(lead.attempts, 'attempt')} made`;
  const since = when(lead.ladder_from ?? lead.created_at);
  return section(
    `• ${leadTitle(lead)}, rank ${lead.rank}, has no rep since ${since}${begun}${linkText(url)}`,
    button('Hand on…', 'hand_on', {
      value: String(lead.id),
      label: `Give the lead ${leadName(lead)} to a rep`,
    }),
  );
}

function abandonedText(abandoned: Standup['abandoned']): string[] {
  const named = abandoned.slice(0, 5).map(({ userId, leads }) => `${user(userId)} (${leads})`);
  if (named.length === 0) return [];
  const more = abandoned.length > named.length ? ' and others' : '';
  return [
    `:bust_in_silhouette: Leads of people who are gone: ${named.join(', ')}${more}. *Hand on…* on a lead’s card gives it to somebody`,
  ];
}

function heldText(held: HeldStanding | undefined): string[] {
  if (!held) return [];
  const { leads, since, weekday, url } = held;
  const day = weekday ?? whenDay(since);
  const waits =
    leads === 1
      ? `1 lead waits for marketing since ${day}`
      : `${leads.toLocaleString('en')} leads wait for marketing, the oldest since ${day}`;
  return [`:hourglass: ${waits}${url === undefined ? '' : `  <${url}|Look at it>`}`];
}

function linkText(url: string | undefined): string {
  return url === undefined ? '' : `  <${url}|Open card>`;
}
