import type { FieldErrors, Submission } from '../slack/listener.ts';
import { textValue } from '../slack/payload.ts';
import { isQuiet, type Preferences } from './preference.ts';

const timeOfDay = /^([01]\d|2[0-3]):[0-5]\d$/;
const longestSignature = 80;

/** Reads the form; every field that can't be used gets a sentence of its own. */
export function readPreferences(form: Submission): { chosen: Preferences; errors: FieldErrors } {
  const errors: FieldErrors = {};
  const time = (id: string): string | null => {
    const typed = textValue(form, id);
    if (typed !== '' && !timeOfDay.test(typed)) errors[id] = 'Choose a time of day.';
    return typed === '' ? null : typed;
  };
  const nudgeIn = textValue(form, 'nudge_in');
  if (nudgeIn !== 'thread' && nudgeIn !== 'direct') errors['nudge_in'] = 'Choose where nudges come.';
  const [from, to, briefTime] = [time('quiet_from'), time('quiet_to'), time('brief_time')];
  if (from === null && to !== null)
    errors['quiet_from'] = 'Choose when the quiet hours begin, or clear both.';
  if (from !== null && to === null) errors['quiet_to'] = 'Choose when the quiet hours end, or clear both.';
  if (from !== null && from === to)
    errors['quiet_to'] = 'Quiet hours have to end at another time than they begin.';
  const brief = textValue(form, 'brief');
  if (brief !== 'on' && brief !== 'off') errors['brief'] = 'Choose whether you want a morning brief.';
  const quiet = from === null || to === null ? null : { from, to };
  if (brief === 'on' && briefTime !== null && quiet !== null && isQuiet(quiet, briefTime))
    errors['brief_time'] = `This is in your quiet hours, ${quiet.from} to ${quiet.to}. Choose another time.`;
  const signature = textValue(form, 'signature').replace(/\s+/g, ' ').slice(0, longestSignature);
  const chosen: Preferences = {
    nudgeIn: nudgeIn === 'direct' ? 'direct' : 'thread',
    quiet,
    brief: brief !== 'off',
    briefTime,
    signature: signature === '' ? null : signature,
  };
  return { chosen, errors };
}
