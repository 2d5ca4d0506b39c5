import type { ModalView, Overflow, StaticSelect } from '@slack/types';
import { pastDayText } from '../calendar/date-text.ts';
import { localDay } from '../calendar/zone.ts';
import type { LeadRow, TouchRow } from '../db/schema.ts';
import { isLate, nextName, whenDue } from '../lead/due.ts';
import { leadName, leadTitle } from '../lead/lead.ts';
import type { Blocks, Rendered } from '../outbox/message.ts';
import { type Breadth, breadthText, wantsPerson } from '../people/breadth.ts';
import type { CadenceStep, Obstacle, Playbook } from '../playbook/schema.ts';
import {
  actions,
  button,
  context,
  input,
  line,
  option,
  overflow,
  plain,
  section,
  user,
  when,
} from '../slack/kit.ts';
import { nextStepBlocks } from '../template/blocks.ts';
import type { Memory } from '../template/memory.ts';
import {
  attemptDots,
  attemptName,
  bringBackButton,
  contactLine,
  noteLine,
  touchButtons,
  triedText,
  closeButton,
  nextStepButton,
} from '../touch/blocks.ts';
import { isAnswer } from '../touch/kinds.ts';
import { type NudgeData, nudgeKey } from '../touch/nudge-slot.ts';
import { noObstacle } from './obstacle.ts';
import { movedText, outcomeLine, outcomeText } from './outcome-text.ts';
import { type AnswerCounts, whyNow } from './why-now.ts';

/** Who reads a nudge, and where. */
export interface Reader {
  /** Whom the thread calls; null where it would call somebody who is away. Nobody is called in a direct message. */
  mention: string | null;
  /** Whose lead it is, where somebody else looks after it. */
  deputyFor: string | null;
  /** In a direct message the card is elsewhere, and may be linked to. */
  isDirect: boolean;
  url?: string | undefined;
  /** Of the owner, who decides what day it was. */
  zone: string;
}

export interface NudgeView {
  lead: LeadRow;
  nudge: NudgeData;
  planned: number;
  touches: readonly Pick<TouchRow, 'kind' | 'note'>[];
  /** The planned attempt; undefined for one beyond the plan. */
  step: CadenceStep | undefined;
  playbook: Playbook;
  memory: Memory;
  answers: AnswerCounts;
  /** How many people at the account are tried; undefined where nobody knows the account. */
  breadth?: Breadth | undefined;
  reader: Reader;
  now: number;
}

/** The whole nudge, for one lead. */
export function nudge(view: NudgeView): Rendered {
  if (view.nudge.repliedAt !== undefined) return replyNudge(view, view.nudge.repliedAt);
  if (view.nudge.stepAt !== undefined) return stepNudge(view);
  const { lead, planned, touches, step, reader } = view;
  const { attempt } = view.nudge;
  const title = `${attemptName(attempt)} is due`;
  const tried = touches.length === 0 ? 'nothing yet' : triedText(touches.map((touch) => touch.kind));
  const last = lead.last_touch_at === null ? '' : ` Last touch: ${when(lead.last_touch_at)}.`;
  return {
    text: `${title}: ${line(leadName(lead), 80)}`,
    blocks: [
      section(
        `:bell: ${called(reader)}*${title}* for ${leadTitle(lead)} ${attemptDots(attempt - 1, planned)}${whose(reader)}${link(reader)}${onNewLine(contactLine(lead))}`,
      ),
      section(
        `${again(lead)}*Tried so far:* ${tried}.${last}${lastNotes(touches)}\n*Why now:* ${whyNow(attempt, planned, view.answers)}`,
      ),
      ...(step === undefined
        ? []
        : nextStepBlocks(step, lead, view.playbook, view.memory, touches.some(isAnswer))),
      ...breadthBlocks(view),
      touchButtons(lead),
      actions([...snoozeButtons(view.nudge), ...obstacleSelect(lead, view.playbook.obstacles)]),
    ],
  };
}

/** Who else there could answer, as long as fewer are tried than should be. */
function breadthBlocks({ lead, breadth }: NudgeView): Blocks {
  if (breadth === undefined || breadth.tried >= breadth.aim) return [];
  const text = `:busts_in_silhouette: ${breadthText(breadth, lead)}.`;
  if (!wantsPerson(breadth)) return [section(text)];
  const add = button('Add a person…', 'add_person', {
    value: String(lead.id),
    label: `Add a person at the account of ${leadName(lead)}`,
  });
  return [section(`${text} Who else there could help?`, add)];
}

/** Somebody answered and heard nothing back. */
function replyNudge({ lead, reader, now }: NudgeView, repliedAt: number): Rendered {
  const text = `${line(leadName(lead), 80)} replied on ${pastDayText(reader.zone, repliedAt, now)} and is still waiting.`;
  return {
    text,
    blocks: [
      section(
        `:speech_balloon: ${called(reader)}${text} Write back, agree on a next step, or close the lead.${whose(reader)}${link(reader)}${onNewLine(contactLine(lead))}`,
      ),
      touchButtons(lead),
      actions([nextStepButton(lead), closeButton(lead)]),
    ],
  };
}

/** What was agreed on after a reply. */
function stepNudge(view: NudgeView): Rendered {
  const { lead, reader, touches } = view;
  const name = line(leadName(lead), 80);
  const step = agreedText(lead, reader.zone, view.now);
  return {
    text: `Your next step with ${name} is due: ${step}`,
    blocks: [
      section(
        `:calendar: ${called(reader)}*Your next step with ${name} is due:* ${step}${whose(reader)}${link(reader)}${onNewLine(contactLine(lead))}${lastNotes(touches)}`,
      ),
      touchButtons(lead, undefined, [nextStepButton(lead), closeButton(lead)]),
      actions([...snoozeButtons(view.nudge), ...obstacleSelect(lead, view.playbook.obstacles)]),
    ],
  };
}

/** `send the offer (agreed Tuesday)`; on the same day `(agreed today)`, longer ago `(agreed Tue 3 Nov)`. */
export function agreedText(
  lead: Pick<LeadRow, 'next_step' | 'next_step_set_at'>,
  zone: string,
  now: number,
): string {
  const { next_step: step, next_step_set_at: setAt } = lead;
  const agreed = setAt === null ? '' : ` (agreed ${agreedOn(zone, setAt, now)})`;
  return `${line(step ?? 'get in touch', 200)}${agreed}`;
}

function agreedOn(zone: string, at: number, now: number): string {
  return localDay(zone, at) === localDay(zone, now) ? 'today' : pastDayText(zone, at, now);
}

function called({ mention }: Reader): string {
  return mention === null ? '' : `${user(mention)} `;
}

/** In a thread the owner's name would call them back from their holiday. */
function whose({ deputyFor, isDirect }: Reader): string {
  if (deputyFor === null) return '';
  return !isDirect ? ' (you look after it while its owner is away)' : ` for ${user(deputyFor)}`;
}

function link({ url }: Pick<Reader, 'url'>): string {
  return url === undefined ? '' : `  <${url}|Open card>`;
}

function onNewLine(text: string): string {
  return text === '' ? '' : `\n${text}`;
}

function again(lead: LeadRow): string {
  return lead.ignored_at === null ? '' : 'Second reminder: no touch has been logged since the first.\n';
}

function lastNotes(touches: NudgeView['touches']): string {
  return touches
    .flatMap(({ note }) => (note === null ? [] : [`\n${noteLine(note)}`]))
    .slice(-2)
    .join('');
}

const snoozes = [
  ['1h', 'Snooze 1 hour'],
  ['tomorrow', 'Until tomorrow'],
  ['week', 'Until next week'],
  ['date', 'Until a date…'],
] as const;

function snoozeButtons(nudge: NudgeData): ReturnType<typeof button>[] {
  const value = nudgeKey(nudge);
  return snoozes.map(([span, text]) =>
    button(text, `snooze:${span}`, {
      value,
      ...(span !== '1h' && { label: `Snooze ${text.charAt(0).toLowerCase()}${text.slice(1)}` }),
    }),
  );
}

/** The same behind three dots, where several leads share a message. */
export function snoozeMenu(nudge: NudgeData): Overflow {
  const value = nudgeKey(nudge);
  return overflow(
    'snooze',
    snoozes.map(([span, text]) =>
      option(
        span === '1h' ? text : `Snooze ${text.charAt(0).toLowerCase()}${text.slice(1)}`,
        `${span}|${value}`,
      ),
    ),
  );
}

/** What keeps the rep from pursuing it; nothing where the playbook knows no obstacles. */
function obstacleSelect(lead: LeadRow, obstacles: readonly Obstacle[]): StaticSelect[] {
  if (obstacles.length === 0) return [];
  const options = obstacles.map(({ id, label }) => option(label, `${lead.id}:${id}`));
  const chosen = options.find(({ value }) => value === `${lead.id}:${lead.obstacle ?? ''}`);
  return [
    {
      type: 'static_select',
      action_id: 'obstacle',
      placeholder: plain('What’s in the way?', 150),
      options: chosen ? [...options, option('Nothing any more', `${lead.id}:${noObstacle}`)] : options,
      ...(chosen && { initial_option: chosen }),
    },
  ];
}

/** What a settled nudge turns into. */
export function nudgeDone(lead: LeadRow, nudge: NudgeData, now: number, movedTo?: string | null): Rendered {
  const { what, result, emoji, isPutOff } = outcomeText(lead, nudge, now, movedTo);
  const of = nudge.repliedAt !== undefined ? 'of' : nudge.stepAt !== undefined ? 'with' : undefined;
  const said = settled(`${what}${of ? ` ${of} ${line(leadName(lead), 80)}` : ''}: ${result}`, emoji);
  return isPutOff ? { ...said, blocks: [...said.blocks, actions([bringBackButton(lead)])] } : said;
}

/** The same as a direct message, which has no card above it: it names the lead and links to it. */
export function nudgeDoneDirectly(
  lead: LeadRow,
  nudge: NudgeData,
  now: number,
  { movedTo, url }: { movedTo?: string | null | undefined; url: string | undefined },
): Rendered {
  const said = (title: string): string => outcomeLine(title, lead, nudge, now, movedTo);
  return {
    text: said(line(leadName(lead), 80)).replace(/^:\w+: /, ''),
    blocks: [context(`${said(leadTitle(lead))}${link({ url })}`)],
  };
}

/** A direct message about a lead that its reader has no more. */
export function nudgeMoved(lead: LeadRow, to: string | null): Rendered {
  return settled(`${line(leadName(lead), 80)}: ${movedText(lead, to)}.`, ':handshake:');
}

/** The message that was snoozed, once the nudge is in the thread again. */
export function nudgeCameBack(nudge: NudgeData): Rendered {
  const what = nudge.stepAt === undefined ? attemptName(nudge.attempt) : 'Next step';
  return settled(`${what}: it came back below.`, ':zzz:');
}

function settled(text: string, emoji: string) {
  return { text, blocks: [context(`${emoji} ${text}`)] };
}

export function snoozeModal(nudge: NudgeData, day: string): ModalView {
  return {
    type: 'modal',
    callback_id: 'snooze',
    private_metadata: nudgeKey(nudge),
    title: plain('Snooze until a date', 24),
    submit: plain('Snooze', 24),
    close: plain('Cancel', 24),
    blocks: [
      input(
        'date',
        'When should it come back?',
        { type: 'datepicker', initial_date: day },
        { hint: 'It comes back when your working day starts.' },
      ),
    ],
  };
}

/** Said in the form's place where the chosen day is no working day. */
export function snoozeMoved(until: number): ModalView {
  return {
    type: 'modal',
    callback_id: 'snoozed',
    title: plain('Snoozed', 24),
    close: plain('Close', 24),
    blocks: [
      section(`:zzz: That is no working day of yours. It comes back on the next one: ${when(until)}.`),
    ],
  };
}

/** Said where the list in which it was brought back stays as it was. */
export function broughtBack(lead: LeadRow, now: number): string {
  const due = `${isLate(lead, now) ? 'was' : 'is'} due ${whenDue(lead, now)}`;
  return `${leadTitle(lead)} is not put off any more. ${nextName(lead)} ${due}.`;
}

/** What helps against an obstacle, said to whoever named it. */
export function obstacleTip(obstacle: Obstacle | undefined): string {
  return obstacle === undefined
    ? 'Good. The messages are the usual ones again.'
    : `:bulb: *${line(obstacle.label, 60)}:* ${line(obstacle.tip, 300)}`;
}
