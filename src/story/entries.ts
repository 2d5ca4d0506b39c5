import type { FlagRow, LeadRow, NudgeRow, PersonRow, TouchRow } from '../db/schema.ts';
import { savedDetails } from '../intake/draft.ts';
import { inSentence, line, user, when } from '../slack/kit.ts';
import { touchKinds } from '../touch/kinds.ts';
import { nudgeOfKey } from '../touch/nudge-slot.ts';
import { auditText } from './audit-text.ts';
import type { AuditEvent, SignalEvent } from './store.ts';

/** One thing that happened, as a sentence in mrkdwn. */
export interface Entry {
  at: number;
  text: string;
}

/** Everything that is known about a lead, however it is stored. */
export interface Known {
  lead: LeadRow;
  signals: readonly SignalEvent[];
  /** Routing's decisions and who took the lead otherwise: sentences in mrkdwn. */
  routing: readonly { at: number; steps: readonly string[] }[];
  touches: readonly TouchRow[];
  people: readonly PersonRow[];
  nudges: readonly NudgeRow[];
  flags: readonly FlagRow[];
  audit: readonly AuditEvent[];
  /** What a message of the playbook is called. */
  messageLabel(id: string): string;
}

/** The story of a lead in the order in which it happened; of one instant, what led to what. */
export function entriesOf(known: Known): Entry[] {
  const { lead, signals, routing, touches, flags, audit, nudges } = known;
  const entries: Entry[] = [
    { at: lead.created_at, text: arrivalText(lead) },
    ...signals.map((signal) => ({ at: signal.at, text: signalText(signal) })),
    ...[...routing].reverse().map(({ at, steps }) => ({ at, text: `:compass: ${steps.join(' ')}` })),
    ...nudges.map((nudge) => ({ at: nudge.at, text: nudgeText(nudge) })),
    ...touches.map((touch) => ({ at: touch.at, text: touchText(touch, known) })),
    ...known.people.map((person) => ({ at: person.at, text: personText(person) })),
    ...flags.flatMap(flagEntries),
    ...audit.flatMap((event): Entry[] => {
      const text = auditText(event);
      return text === undefined ? [] : [{ at: event.at, text }];
    }),
  ];
  return entries
    .map((entry, index) => ({ entry, index }))
    .sort((a, b) => a.entry.at - b.entry.at || a.index - b.index)
    .map(({ entry }) => entry);
}

const came = {
  post: 'Came as a post',
  webhook: 'Came by webhook',
  import: 'Imported',
  hand: 'Added by hand',
} as const;

function arrivalText(lead: LeadRow): string {
  const by = lead.added_by === null ? '' : ` by ${user(lead.added_by)}`;
  const said = lead.message === null ? '' : `: “${line(lead.message, 300)}”`;
  const details = savedDetails(lead)
    .slice(0, 5)
    .map(({ label, value }) => ` ${line(label, 40)}: ${line(value, 100)}.`)
    .join('');
  const rank = `Rank ${lead.rank}, ${line(inSentence(lead.rank_reason), 150)}.`;
  return `:inbox_tray: ${came[lead.way]}${by} via ${line(lead.source, 80)}${said}. ${rank}${details}`;
}

function signalText({ way, source, message, added_by: by }: SignalEvent): string {
  const via = source === null ? '' : ` via ${line(source, 80)}`;
  const who = by === null ? '' : ` by ${user(by)}`;
  const said = message === null ? '' : `: “${line(message, 300)}”`;
  return `:repeat: Came in again (${came[way].toLowerCase()}${who}${via})${said}.`;
}

function touchText(touch: TouchRow, known: Known): string {
  const { lead, people } = known;
  const { kind, user_id: by, note, message } = touch;
  const person = people.find(({ id }) => id === touch.person_id);
  const withWhom = person
    ? ` with ${line(person.name ?? person.email ?? person.phone ?? 'a colleague', 80)}`
    : '';
  const attempt = kind === 'replied' ? '' : `Attempt ${touch.attempt}: `;
  const used = message === null ? '' : `, with the message “${line(known.messageLabel(message), 80)}”`;
  const again = touch.cadence_epoch < lead.cadence_epoch ? ' (an earlier start)' : '';
  const isLate = Math.abs(touch.logged_at - touch.at) > 60_000;
  const logged = isLate ? `, logged ${when(touch.logged_at)}` : '';
  const said = note === null ? '' : `\n:memo: ${line(note, 600)}`;
  const icon = kind === 'replied' ? ':speech_balloon:' : ':outbox_tray:';
  return `${icon} ${attempt}${user(by)}: ${touchKinds[kind].done}${withWhom}${used}${again}${logged}.${said}`;
}

function personText({ added_by: by, name, title, email, phone }: PersonRow): string {
  const who = line(name ?? email ?? phone ?? 'somebody', 80);
  return `:bust_in_silhouette: ${user(by)} added ${who}${title === null ? '' : `, ${line(title, 80)}`}.`;
}

function nudgeText({ user_id: reminded, about, slot }: NudgeRow): string {
  const nudge = nudgeOfKey(about);
  const of =
    nudge?.repliedAt !== undefined
      ? ' of the reply'
      : nudge?.stepAt !== undefined
        ? ' of the next step'
        : nudge
          ? ` of attempt ${nudge.attempt}`
          : '';
  const where = slot.startsWith('brief:')
    ? ' in the morning brief'
    : slot.startsWith('bundle:')
      ? ' directly'
      : '';
  return `:bell: ${user(reminded)} was reminded${of}${where}.`;
}

function flagEntries(flag: FlagRow): Entry[] {
  const label = line(inSentence(flag.reason_label), 100);
  const said = { at: flag.at, text: `:triangular_flag_on_post: ${user(flag.user_id)}: ${label}.` };
  return flag.undone_at === null
    ? [said]
    : [said, { at: flag.undone_at, text: `${user(flag.user_id)} took “${label}” back.` }];
}
