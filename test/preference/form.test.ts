import { expect, test } from 'vitest';
import { preferencesModal } from '../../src/preference/blocks.ts';
import { readPreferences } from '../../src/preference/form.ts';
import { defaultPreferences, isQuiet } from '../../src/preference/preference.ts';
import { viewProblems } from '../../src/sandbox/index.ts';
import { callsIn, hostileTexts } from '../support/hostile.ts';

const filled = { nudge_in: 'thread', brief: 'on' };

function read(values: Record<string, string>) {
  return readPreferences({ userId: 'U0ALICE', metadata: '', values: { ...filled, ...values } });
}

test('what is left empty is the default', () => {
  expect(read({})).toEqual({ chosen: defaultPreferences, errors: {} });
});

test('everything that was chosen is read', () => {
  const { chosen, errors } = read({
    nudge_in: 'direct',
    quiet_from: '20:00',
    quiet_to: '08:30',
    brief_time: '08:45',
    signature: '  Alice \n Miller ',
  });
  expect(errors).toEqual({});
  expect(chosen).toEqual({
    nudgeIn: 'direct',
    quiet: { from: '20:00', to: '08:30' },
    brief: true,
    briefTime: '08:45',
    signature: 'Alice Miller',
  });
});

test.each([
  [{ quiet_from: '20:00' }, 'quiet_to', 'Choose when the quiet hours end'],
  [{ quiet_to: '08:00' }, 'quiet_from', 'Choose when the quiet hours begin'],
  [{ quiet_from: '20:00', quiet_to: '20:00' }, 'quiet_to', 'have to end at another time'],
  [{ quiet_from: '20:00', quiet_to: '08:00', brief_time: '07:59' }, 'brief_time', 'in your quiet hours'],
  [{ brief_time: '24:00' }, 'brief_time', 'Choose a time of day'],
  [{ nudge_in: 'carrier pigeon' }, 'nudge_in', 'Choose where nudges come'],
  [{ brief: 'maybe' }, 'brief', 'Choose whether'],
])('what can’t be used is said under its field: %o', (values, field, sentence) => {
  expect(read(values).errors[field]).toContain(sentence);
});

test('without a brief its time may lie in the quiet hours', () => {
  expect(read({ brief: 'off', quiet_from: '20:00', quiet_to: '08:00', brief_time: '07:00' }).errors).toEqual(
    {},
  );
});

test.each([
  ['22:00', '07:00', '23:00', true],
  ['22:00', '07:00', '06:59', true],
  ['22:00', '07:00', '07:00', false],
  ['22:00', '07:00', '12:00', false],
  ['12:00', '13:00', '12:00', true],
  ['12:00', '13:00', '13:00', false],
])('of quiet hours from %s to %s, %s is inside: %s', (from, to, time, inside) => {
  expect(isQuiet({ from, to }, time)).toBe(inside);
});

test.each(hostileTexts)('Slack accepts the form of somebody who signs with %s', (_what, text) => {
  const { chosen } = read({ signature: text, quiet_from: '20:00', quiet_to: '08:00', brief_time: '09:00' });
  expect(viewProblems(preferencesModal(chosen))).toEqual([]);
  expect(callsIn(preferencesModal(chosen))).toEqual([]);
});
