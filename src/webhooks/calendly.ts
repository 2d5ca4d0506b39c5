import { z } from 'zod';
import { type Answer, draftFromAnswers, textOf } from './answers.ts';
import { isObject } from './json-body.ts';
import { ignoredReading, leadReading, type Reading, unknownReading } from './reading.ts';

const payloadShape = z.looseObject({
  event: z.string(),
  payload: z.looseObject({
    uri: z.string(),
    name: z.unknown().optional(),
    first_name: z.unknown().optional(),
    last_name: z.unknown().optional(),
    email: z.unknown().optional(),
    text_reminder_number: z.unknown().optional(),
    timezone: z.unknown().optional(),
    questions_and_answers: z.unknown().optional(),
    tracking: z.unknown().optional(),
    scheduled_event: z.unknown().optional(),
  }),
});

type Invitee = z.infer<typeof payloadShape>['payload'];

/**
 * Reads `invitee.created` of Calendly's webhooks: somebody booked a meeting. A reschedule comes as a new booking. All
 * other events are ignored: who cancels is no new lead.
 */
export function readCalendly(payload: unknown): Reading {
  const parsed = payloadShape.safeParse(payload);
  if (!parsed.success) {
    return unknownReading(
      'This address expects Calendly events: an object with "event": "invitee.created" and "payload.uri".',
    );
  }
  const { event, payload: invitee } = parsed.data;
  // A cancellation is about the same invitee, so the address alone is not yet this event.
  if (event !== 'invitee.created') {
    return ignoredReading(
      `the event is ${event.slice(0, 60)}, not invitee.created`,
      `${event} ${invitee.uri}`,
    );
  }
  const meeting = isObject(invitee.scheduled_event) ? invitee.scheduled_event : {};
  const draft = draftFromAnswers(answersOf(invitee, meeting), {
    sender: 'Calendly',
    form: textOf(meeting['name']),
  });
  return leadReading(draft, invitee.uri);
}

function answersOf(invitee: Invitee, meeting: Record<string, unknown>): Answer[] {
  const { location } = meeting;
  // Only for calls that we make is the place of the meeting the invitee's number.
  const called = isObject(location) && location['type'] === 'outbound_call' ? location['location'] : '';
  const questions = Array.isArray(invitee.questions_and_answers) ? invitee.questions_and_answers : [];
  const tracking = isObject(invitee.tracking) ? invitee.tracking : {};
  return [
    { label: 'Email', value: textOf(invitee.email), typed: 'email', field: 'email' },
    { label: 'First name', value: textOf(invitee.first_name), field: 'firstName' },
    { label: 'Last name', value: textOf(invitee.last_name), field: 'lastName' },
    { label: 'Name', value: textOf(invitee.name), field: 'name' },
    { label: 'Phone', value: textOf(called), typed: 'phone', field: 'phone' },
    {
      label: 'Text reminder to',
      value: textOf(invitee.text_reminder_number),
      typed: 'phone',
      field: 'phone',
    },
    { label: 'Meeting', value: meetingTime(meeting['start_time'], invitee.timezone), field: null },
    ...questions
      .slice(0, 50)
      .flatMap((entry: unknown) =>
        isObject(entry) ? [{ label: textOf(entry['question']), value: textOf(entry['answer']) }] : [],
      ),
    ...Object.entries(tracking)
      .filter(([label]) => label.startsWith('utm_'))
      .map(([label, value]) => ({ label, value: textOf(value) })),
  ];
}

function meetingTime(start: unknown, zone: unknown): string {
  const time = textOf(start)
    .replace('T', ' ')
    .replace(/:\d\d(?:\.\d+)?Z$/, ' UTC');
  return time === '' || textOf(zone) === '' ? time : `${time} (they are in ${textOf(zone)})`;
}
