import type { FieldKey } from '../intake/labels.ts';
import { type Answer, draftFromAnswers, textOf } from './answers.ts';
import { isObject } from './json-body.ts';
import { leadReading, type Reading, unknownReading } from './reading.ts';

/** HubSpot's own names that no label reader would guess. */
const properties: Readonly<Record<string, FieldKey>> = {
  firstname: 'firstName',
  lastname: 'lastName',
  mobilephone: 'phone',
  jobtitle: 'title',
  recent_conversion_event_name: 'form',
  first_conversion_event_name: 'form',
  hs_analytics_last_url: 'page',
  hs_analytics_first_url: 'page',
};

/** What HubSpot keeps for itself, by the hundred; nothing that a person answered. */
const internal =
  /^(?:hs_|hubspot_|notes_|num_|days_|recent_|first_|currentlyinworkflow|createdate|lastmodifieddate|lifecyclestage|associatedcompanyid)/;

/**
 * Reads the JSON of HubSpot's workflow action *Send a webhook*: either the contact, `{ properties: { email: { value } } }`,
 * or what was chosen as request body, flat.
 */
export function readHubSpot(payload: unknown): Reading {
  const values = isObject(payload) ? valuesOf(payload) : [];
  if (!isObject(payload) || values.length === 0) {
    return unknownReading(
      'This address expects HubSpot’s workflow webhook: one object with contact properties, flat or in "properties".',
    );
  }
  const submission = newestSubmission(payload['form-submissions']);
  const around = {
    sender: 'HubSpot',
    form: textOf(submission?.['title']),
    page: textOf(submission?.['page-url']),
    open: true,
  };
  return leadReading(draftFromAnswers(values, around), eventOf(payload));
}

function valuesOf(payload: Record<string, unknown>): Answer[] {
  const groups = [payload, payload['properties'], payload['inputFields'], payload['fields']];
  return groups
    .filter(isObject)
    .flatMap((group) => Object.entries(group))
    .slice(0, 1000)
    .flatMap(([name, value]) => {
      const said = textOf(isObject(value) ? value['value'] : value);
      const field = Object.hasOwn(properties, name) ? properties[name] : undefined;
      if (said === '' || bookkeeping.has(name) || (field === undefined && internal.test(name))) return [];
      return [{ label: name, value: said, field }];
    });
}

/** About the message, not about the person. */
const bookkeeping: ReadonlySet<string> = new Set(
  `vid canonical-vid portal-id portalId objectId objectTypeId objectType occurredAt timestamp eventId subscriptionId appId
   attemptNumber callbackId is-contact profile-token profile-url`.split(/\s+/),
);

/** The same contact may come in again later, so its id alone is no event. */
function eventOf(payload: Record<string, unknown>): string | null {
  const object = isObject(payload['object']) ? payload['object'] : {};
  const id = textOf(payload['objectId'] ?? payload['vid'] ?? object['objectId']);
  const time = textOf(payload['occurredAt'] ?? payload['timestamp']);
  return id === '' || time === '' ? null : `${id} ${time}`;
}

function newestSubmission(list: unknown): Record<string, unknown> | undefined {
  const submissions = Array.isArray(list) ? list.filter(isObject) : [];
  return submissions.reduce<Record<string, unknown> | undefined>(
    (newest, entry) => (newest && timeOf(newest) >= timeOf(entry) ? newest : entry),
    undefined,
  );
}

function timeOf(submission: Record<string, unknown>): number {
  return Number(textOf(submission['timestamp']));
}
