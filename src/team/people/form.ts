import { z } from 'zod';
import { isIsoWeekday } from '../../calendar/civil.ts';
import { assertZone } from '../../calendar/zone.ts';
import type { FieldErrors, Submission } from '../../slack/listener.ts';
import { listValue, textValue } from '../../slack/payload.ts';
import { readRegion, regionMistake } from '../holidays.ts';
import type { Team } from '../team.ts';
import { asTeam } from './blocks.ts';
import type { RepRow } from './store.ts';

export type RepValues = Pick<
  RepRow,
  | 'weight'
  | 'most_open'
  | 'most_new_a_day'
  | 'tags'
  | 'zone'
  | 'working_days'
  | 'day_start'
  | 'day_end'
  | 'region'
>;

export const repMetadata = z.object({ salesTeamId: z.number(), userId: z.string() });

const timeOfDay = /^([01]\d|2[0-3]):[0-5]\d$/;
const tag = /^[a-z][a-z0-9_]{0,39}$/;

/** Reads a rep's settings; every field that can't be used gets a sentence of its own. Empty: as the team has it. */
export function readRep(form: Submission, team: Team): { values: RepValues; errors: FieldErrors } {
  const errors: FieldErrors = {};
  const limit = (id: string): number | null => {
    const typed = textValue(form, id);
    if (typed === '') return null;
    const number = Number(typed);
    if (Number.isInteger(number) && number >= 1 && number <= 10_000) return number;
    errors[id] = 'Write a whole number from 1, or leave it empty for no limit.';
    return null;
  };
  const tags = [...new Set(textValue(form, 'tags').toLowerCase().split(',').map(toTag))].filter(Boolean);
  if (tags.length > 20 || !tags.every((each) => tag.test(each))) {
    errors['tags'] =
      'Write up to 20 words with commas between them: letters a to z, digits and _, such as german, enterprise.';
  }
  const zone = textValue(form, 'zone');
  if (zone !== '' && zone !== asTeam && !isZone(zone)) errors['zone'] = 'Choose a time zone from the list.';
  const [start, end] = [textValue(form, 'start'), textValue(form, 'end')];
  for (const [id, time] of [
    ['start', start],
    ['end', end],
  ] as const) {
    if (time !== '' && !timeOfDay.test(time)) errors[id] = 'Choose a time of day.';
  }
  const areTimes = errors['start'] === undefined && errors['end'] === undefined;
  if (areTimes && (end || team.dayEnd) <= (start || team.dayStart)) {
    errors[end === '' ? 'start' : 'end'] =
      `The day has to end after it starts: ${start || team.dayStart} to ${end || team.dayEnd}.`;
  }
  const region = textValue(form, 'region');
  const known = region === '' ? null : (readRegion(region) ?? null);
  if (region !== '' && known === null) errors['region'] = regionMistake;
  const days = listValue(form, 'days').map(Number).sort();
  if (!days.every(isIsoWeekday)) errors['days'] = 'Choose days of the week.';
  const weight = Number(textValue(form, 'weight'));
  if (!Number.isInteger(weight) || weight < 1 || weight > 10)
    errors['weight'] = 'Choose a weight from 1 to 10.';
  const values: RepValues = {
    weight,
    most_open: limit('most_open'),
    most_new_a_day: limit('most_new'),
    tags: JSON.stringify(tags),
    zone: zone === '' || zone === asTeam ? null : zone,
    working_days: days.length === 0 ? null : JSON.stringify(days),
    day_start: start === '' ? null : start,
    day_end: end === '' ? null : end,
    region: known,
  };
  return { values, errors };
}

function isZone(zone: string): boolean {
  try {
    assertZone(zone);
    return true;
  } catch {
    return false;
  }
}

/** `Mid market` is `mid_market`. */
function toTag(word: string): string {
  return word.trim().replace(/[\s-]+/g, '_');
}
