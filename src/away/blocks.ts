import type { ModalView } from '@slack/types';
import { nextWorkingMoment } from '../calendar/working-time.ts';
import type { LeadRow } from '../db/schema.ts';
import { leadTitle } from '../lead/lead.ts';
import type { Rendered } from '../outbox/message.ts';
import { actions, button, context, count, input, plain, section, user } from '../slack/kit.ts';
import type { Absence } from '../team/people/store.ts';
import { startText, untilText } from '../team/until.ts';
import type { Begun } from './away.ts';
import type { Departure } from './departure.ts';
import type { Outcome } from './notices.ts';

/** What who typed `/leads away` reads. */
export function awayText(begun: Begun, by: string, now: number): string {
  const { absence, calendar, held } = begun;
  const { until_at: until, user_id: userId } = absence;
  const own = userId === by;
  const who = own ? 'You are' : `${user(userId)} is`;
  const back = own ? '`/leads back`' : `\`/leads back\` ${user(userId)}`;
  const text = (at: number | null): string =>
    at === null
      ? `until ${own ? 'you type' : 'somebody types'} ${back}`
      : `until ${untilText(at, calendar.zone, now)}`;
  const moved = begun.before && begun.before.until !== until ? `, no longer ${text(begun.before.until)}` : '';
  const how = `${text(until)}${moved}`;
  const again =
    until === null
      ? ''
      : ` New leads come again ${startText(nextWorkingMoment(calendar, until), calendar.zone, now)}; back earlier? Type ${back}.`;
  const parts = [
    ...(begun.covered === 0 ? [] : [coveredText(begun, by)]),
    ...(held === 0 ? [] : [leadsText(begun, by)]),
  ];
  const leads = parts.length === 0 ? 'No open leads are left behind.' : parts.join(' ');
  return `:palm_tree: ${who} away ${how}.${again}\n${leads} ${own ? 'You' : 'They'} can still claim a lead.`;
}

/** What the rep reads whom a manager has set away. */
export function setAwayText({ absence, calendar }: Begun, by: string, now: number): string {
  const { until_at: until } = absence;
  const how = until === null ? '' : ` until ${untilText(until, calendar.zone, now)}`;
  return `:palm_tree: ${user(by)} set you away${how}: no new lead is given to you. Back earlier, or a mistake? Type \`/leads back\`.`;
}

function coveredText({ covered, absence }: Begun, by: string): string {
  const deputy = absence.deputy_id ?? '';
  const who = deputy === by ? 'You look' : `${user(deputy)} looks`;
  return `${who} after ${absence.user_id === by ? 'your' : 'their'} ${count(covered, 'open lead')}.`;
}

function leadsText(begun: Begun, by: string): string {
  const { held, absence } = begun;
  const own = absence.user_id === by;
  const dates = held === 1 ? 'Its due date moves' : 'Their due dates move';
  const when =
    absence.until_at === null
      ? `once ${own ? 'you' : 'they'} are back`
      : `behind ${own ? 'your' : 'their'} absence`;
  return `${stayText(begun, by)} ${dates} ${when}.`;
}

function stayText({ held, asked, absence }: Begun, by: string): string {
  const whose = absence.user_id === by ? 'Your' : 'Their';
  const stay = `${whose} ${count(held, 'open lead')} ${held === 1 ? 'stays' : 'stay'} where ${held === 1 ? 'it is' : 'they are'}`;
  if (asked.length === 0) return `${stay}.`;
  return asked.includes(by)
    ? `${stay}; I sent you a message with a button to hand ${held === 1 ? 'it' : 'them'} on.`
    : `${stay}; ${asked.map(user).join(', ')} can hand ${held === 1 ? 'it' : 'them'} on.`;
}

export function backText(userId: string, by: string, wasAway: boolean): string {
  const who = userId === by ? 'You are' : `${user(userId)} is`;
  return wasAway
    ? `:wave: ${who} back: new leads come again from now on.`
    : `${who} not away. Nothing was changed.`;
}

/** A lead that was handed on, with its card's address. */
export interface Moved {
  lead: LeadRow;
  to: string | null;
  url: string | undefined;
}

export interface Notice {
  absence: Absence;
  salesTeamId: number;
  zone: string;
  /** How many open leads they hold now. */
  held: number;
  /** Why the deputy who was named does not look after these: "has left the roster". */
  uncovered?: string;
  outcome: Outcome | undefined;
  /** Who reads it: what they did themselves says "you". */
  reader?: string | undefined;
  /** The leads that were handed on, with their cards' addresses. */
  moved?: readonly Moved[];
}

/** So many of the leads that were handed on are named. */
export const namedMoved = 10;

/** What a manager is asked about the open leads of somebody who is away. */
export function renderNotice(notice: Notice, now: number): Rendered {
  const { absence, salesTeamId, zone, uncovered } = notice;
  const until = absence.until_at === null ? '' : ` until ${untilText(absence.until_at, zone, now)}`;
  const isGone = absence.why === 'deactivated';
  const alone =
    uncovered === undefined
      ? ''
      : `, and ${user(absence.deputy_id ?? '')}, who looks after their leads, ${uncovered}`;
  return renderQuestion({
    ...notice,
    who: user(absence.user_id),
    what: isGone ? 'was deactivated in Slack' : `is away${until}${alone}`,
    isGone,
    isOver: absence.ended_at !== null,
    name: 'absence',
    value: `${absence.id}:${salesTeamId}`,
  });
}

/** The same about somebody who has left the roster. */
export function renderDeparture({
  departure: { salesTeamId, userId, at },
  ...notice
}: Pick<Notice, 'held' | 'outcome' | 'moved' | 'reader'> & { departure: Departure }): Rendered {
  return renderQuestion({
    ...notice,
    who: user(userId),
    what: 'has left the roster',
    isGone: true,
    isOver: false,
    name: 'departure',
    value: `${salesTeamId}:${userId}:${at}`,
  });
}

interface Question extends Pick<Notice, 'held' | 'outcome' | 'moved' | 'reader'> {
  who: string;
  /** A part of a sentence about them: "is away until Friday". */
  what: string;
  /** For good, as far as anybody knows. */
  isGone: boolean;
  isOver: boolean;
  /** Of the buttons' actions. */
  name: 'absence' | 'departure';
  value: string;
}

function renderQuestion(question: Question): Rendered {
  const { held, outcome, who, isGone, isOver, name, value } = question;
  const what = `${who} ${question.what}`;
  if (outcome) {
    const said = outcomeText(outcome, who, question.reader);
    const text = outcome.how === 'back' ? said : `${what}. ${said}`;
    const again = button('Hand the rest on', `${name}:hand_on`, { value });
    return {
      text,
      blocks: [
        section(text),
        ...movedText(question),
        ...(outcome.stayed > 0 && !isOver ? [actions([again])] : []),
      ],
    };
  }
  const leads = `${isGone ? 'They held' : 'They hold'} ${count(held, 'open lead')}.`;
  const them = held === 1 ? 'it' : 'them';
  return {
    text: `${what}. ${leads}`,
    blocks: [
      section(`${isGone ? ':bust_in_silhouette:' : ':palm_tree:'} *${what}.* ${leads}`),
      actions([
        button(`Hand ${them} on`, `${name}:hand_on`, { value, style: 'primary' }),
        button(`Leave ${them}`, `${name}:leave`, { value }),
      ]),
      context(
        `Handing on gives ${held === 1 ? 'it' : 'each'} to another rep who is there and has room, in turn, also where reps claim new leads; touches and notes go along. ${isGone ? `What nobody has room for waits for the next who has.` : `What nobody has room for stays with ${who}.`}`,
      ),
    ],
  };
}

/** Which lead went to whom, with links. */
function movedText({ moved = [], outcome, reader }: Question): ReturnType<typeof section>[] {
  if (moved.length === 0) return [];
  const rows = moved.slice(0, namedMoved).map(({ lead, to, url }) => {
    const whom =
      to === null ? (lead.waits_for === null ? 'open to claim' : 'waits for a rep') : named(to, reader);
    return `• ${leadTitle(lead)}: ${whom}${url === undefined ? '' : `  <${url}|Open card>`}`;
  });
  const rest = (outcome?.moved.length ?? 0) - rows.length;
  return [section([...rows, ...(rest > 0 ? [`…and ${rest} more`] : [])].join('\n'))];
}

export function outcomeText(
  { by, how, given, open, waiting, stayed }: Outcome,
  who: string,
  reader?: string,
): string {
  const whoDid = by === reader ? 'You' : user(by);
  if (how === 'back') return `${who} is back, and keeps the leads they have.`;
  if (how === 'left') return `${whoDid} left the leads where they are.`;
  if (how === 'none') return `${who} holds no open leads any more. Nothing was changed.`;
  const stay =
    stayed === 0
      ? ''
      : `${count(stayed, 'lead')} ${stayed === 1 ? 'stays' : 'stay'} with ${who}: nobody has room.`;
  const parts = [
    ...given.map(
      ({ userId, leads }) =>
        `${named(userId, reader)} ${userId === reader ? 'have' : 'has'} ${count(leads, 'more lead')}`,
    ),
    ...(open > 0 ? [`${count(open, 'lead')} ${open === 1 ? 'is' : 'are'} open to claim`] : []),
    ...(waiting > 0 ? [`${count(waiting, 'lead')} ${waiting === 1 ? 'waits' : 'wait'} for a rep`] : []),
  ];
  if (parts.length === 0) return stay;
  return `${whoDid} handed the leads on: ${parts.join(', ')}.${stay === '' ? '' : ` ${stay}`}`;
}

function named(userId: string, reader: string | undefined): string {
  return userId === reader ? 'you' : user(userId);
}

/** Where a rep says from the App Home until when. */
export function awayModal(): ModalView {
  return {
    type: 'modal',
    callback_id: 'away',
    title: plain('Away', 24),
    submit: plain('Save', 24),
    close: plain('Cancel', 24),
    blocks: [
      section('While you are away no new lead is given to you. You can still claim one.'),
      input(
        'until',
        'Last day away',
        { type: 'datepicker', placeholder: plain('Until you are back') },
        { hint: 'Left empty, it lasts until you click “I’m back”.', optional: true },
      ),
      input(
        'deputy',
        'Who looks after your leads?',
        { type: 'users_select', placeholder: plain('A rep of your team') },
        {
          hint: 'They get your nudges and can do everything. Left empty, due dates move behind your absence.',
          optional: true,
        },
      ),
    ],
  };
}
