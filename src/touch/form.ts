import type { ModalView } from '@slack/types';
import { dateText, dateTimeText } from '../calendar/date-text.ts';
import { DAY, MINUTE } from '../calendar/civil.ts';
import type { LeadRow, PersonRow, TouchRow } from '../db/schema.ts';
import { isBlind, refuseUnlessWorkable } from '../lead/permission.ts';
import { Refusal } from '../errors.ts';
import { arrivedAt, leadName } from '../lead/lead.ts';
import { leadById } from '../lead/store.ts';
import { everyoneOf, personOf } from '../lead/people/store.ts';
import type { Playbook } from '../playbook/schema.ts';
import { user } from '../slack/kit.ts';
import type { FieldErrors } from '../slack/listener.ts';
import { ownWords } from '../template/memory.ts';
import { usedWith } from '../template/store.ts';
import { hoursOf } from '../team/calendars.ts';
import { teamById } from '../team/store.ts';
import type { Team } from '../team/team.ts';
import type { Work } from '../work.ts';
import { editableTouch, editTouch } from './edit.ts';
import {
  leadsPerson,
  noMessage,
  personName,
  repeatKey,
  repeatWarning,
  type TouchFields,
  touchForm,
  type TouchFormMemory,
} from './form-view.ts';
import { isTouchKind, touchKinds } from './kinds.ts';
import { logTouch, playbookOf } from './touch.ts';

/** How far back a touch may have been. */
const longestBack = 30 * DAY;

type Place = Pick<TouchFormMemory, 'channelId' | 'threadTs'>;

/** @throws Refusal when the lead is closed or somebody else's */
export async function openTouchForm(
  work: Work,
  leadId: number,
  userId: string,
  { channelId, threadTs }: Place,
): Promise<ModalView> {
  const lead = await leadById(work, leadId);
  const team = await teamById(work, lead.sales_team_id);
  if (isBlind(lead, team)) throw new Refusal('Claim this lead first: then you see who it is.');
  refuseUnlessWorkable(lead, team, userId, work.now, 'logged');
  const openedAt = Math.floor(work.now / 1000);
  const fields = { kind: '', person: leadsPerson, message: noMessage, note: '', at: work.now };
  return formOf(work, lead, { leadId, openedAt, channelId, threadTs }, fields);
}

/** @throws Refusal when the touch is somebody else's or undone, or its lead closed or in another cadence */
export async function openEditForm(
  work: Work,
  touchId: number,
  userId: string,
  { channelId, threadTs }: Place,
): Promise<ModalView> {
  const { touch, lead } = await editableTouch(work, touchId, userId);
  const openedAt = Math.floor(touch.at / 1000);
  return formOf(work, lead, { leadId: lead.id, touchId, openedAt, channelId, threadTs }, fieldsOf(touch));
}

function fieldsOf(touch: TouchRow): TouchFields {
  return {
    kind: touch.kind,
    person: touch.person_id === null ? leadsPerson : String(touch.person_id),
    message: touch.message ?? noMessage,
    note: touch.note ?? '',
    at: touch.at,
  };
}

async function formOf(
  work: Work,
  lead: LeadRow,
  memory: TouchFormMemory,
  fields: TouchFields,
  warning?: string,
): Promise<ModalView> {
  const team = await teamById(work, lead.sales_team_id);
  const people = (await everyoneOf(work, lead.id)).filter((person) => isOffered(person, fields));
  const used = [];
  for (const person of [undefined, ...people]) {
    const name = person ? personName(person) : leadName(lead);
    const messages = await usedWith(work, lead, person);
    used.push(
      ...messages.filter(({ touchId }) => touchId !== memory.touchId).map((one) => ({ ...one, name })),
    );
  }
  return touchForm({
    memory,
    fields,
    lead,
    people,
    playbook: await playbookOf(work, lead),
    used,
    zone: hoursOf(team, lead.owner_id).zone,
    now: work.now,
    warning,
  });
}

/** Who was removed is in the form of a touch with them, and in no other. */
function isOffered({ id, removed_at: removed }: PersonRow, { person }: TouchFields): boolean {
  return removed === null || person === String(id);
}

/** What a form that was sent leads to: the touch, complaints under its fields, or the form once more with a warning. */
export type TouchFormOutcome = { touchId: number } | { errors: FieldErrors } | { again: ModalView };

/** @throws Refusal as `logTouch` and `editTouch` do */
export async function submitTouchForm(
  work: Work,
  userId: string,
  memory: TouchFormMemory,
  fields: TouchFields,
): Promise<TouchFormOutcome> {
  const lead = await leadById(work, memory.leadId);
  const team = await teamById(work, lead.sales_team_id);
  const touch =
    memory.touchId === undefined ? undefined : (await editableTouch(work, memory.touchId, userId)).touch;
  const { kind } = fields;
  const { at, complaint } = timeOf(work.now, lead, team, memory, fields, touch);
  const errors: FieldErrors = {
    ...(!isTouchKind(kind) && { kind: 'Choose what happened.' }),
    ...(complaint !== undefined && { at: complaint }),
  };
  if (!isTouchKind(kind) || complaint !== undefined) return { errors };
  const person = fields.person === leadsPerson ? null : await personOf(work, lead.id, Number(fields.person));
  if (person && person.removed_at !== null && touch?.person_id !== person.id)
    return { errors: { person: `${personName(person)} was removed meanwhile. Choose somebody else.` } };
  const message = fields.message === noMessage ? null : fields.message;
  const key = repeatKey(fields.person, fields.message);
  if (memory.warned !== key && message !== null && message !== ownWords) {
    const warning = await warningOf(work, { lead, team, person, message, userId, kind, touch });
    if (warning !== undefined)
      return { again: await formOf(work, lead, { ...memory, warned: key }, fields, warning) };
  }
  const details = { person_id: person?.id ?? null, message, note: fields.note || null, at };
  const saved = touch
    ? await editTouch(work, touch.id, userId, { kind, ...details })
    : await logTouch(work, lead.id, userId, kind, details);
  return { touchId: saved.touch.id };
}

/** The time as it is kept, or what is wrong with it. One that was not changed stays to the millisecond. */
function timeOf(
  now: number,
  lead: LeadRow,
  team: Team,
  memory: TouchFormMemory,
  fields: TouchFields,
  touch: TouchRow | undefined,
): { at: number; complaint?: string } {
  const unchanged = Math.floor(fields.at / 1000) === memory.openedAt;
  if (touch && unchanged) return { at: touch.at };
  const { zone } = hoursOf(team, lead.owner_id);
  const begun = arrivedAt(lead);
  const { at } = fields;
  // A picker knows minutes: the one that runs is now, and the one in which the lead came is its first.
  if (at > now + MINUTE)
    return { at, complaint: 'This has not happened yet. Choose when you did it, not when you will.' };
  if (at <= begun - MINUTE)
    return {
      at,
      complaint: `This lead came on ${dateTimeText(zone, begun, now)}. Choose a time since then.`,
    };
  if (at < now - longestBack)
    return { at, complaint: `Choose a day since ${dateText(zone, now - longestBack, now)}.` };
  return { at: Math.max(Math.min(at, now), begun) };
}

interface Repeat {
  lead: LeadRow;
  team: Team;
  person: PersonRow | null;
  message: string;
  userId: string;
  kind: TouchRow['kind'];
  touch: TouchRow | undefined;
}

/** That this person has had this message, by another touch than the one edited. */
async function warningOf(work: Work, repeat: Repeat): Promise<string | undefined> {
  const { lead, team, person, message, userId, kind, touch } = repeat;
  if (touch?.message === message && touch.person_id === (person?.id ?? null)) return undefined;
  const used = await usedWith(work, lead, person ?? undefined);
  const before = used.findLast((one) => one.message === message && one.touchId !== touch?.id);
  if (!before) return undefined;
  const playbook: Playbook = await playbookOf(work, lead);
  return repeatWarning({
    who: before.userId === userId ? 'You' : user(before.userId),
    label: playbook.messages[message]?.label ?? message,
    isCall: touchKinds[kind].channel === 'call',
    name: person ? personName(person) : leadName(lead),
    on: dateText(hoursOf(team, lead.owner_id).zone, before.at, work.now),
  });
}
