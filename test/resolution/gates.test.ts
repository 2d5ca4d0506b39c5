import { describe, expect, test } from 'vitest';
import type { Resolution } from '../../src/db/schema.ts';
import { verdictOn, type Verdict } from '../../src/feedback/verdict.ts';
import { possibleEnds, type Standing, whyNot } from '../../src/resolution/gates.ts';

const standing: Standing = {
  attempts: 0,
  planned: 6,
  verifyFrom: 3,
  heard: false,
  isManager: false,
  contacted: true,
  nextAttemptAt: null,
  isPutOff: false,
  isLate: false,
};

describe('which ends are open', () => {
  const ends: Resolution[] = ['qualified', 'nurture', 'disqualified', 'rejected', 'unresponsive'];

  test.each([
    ['nobody has touched it', { contacted: false }, ['qualified', 'nurture', 'rejected']],
    ['one touch', { attempts: 1 }, ['qualified', 'nurture', 'disqualified']],
    ['five of six attempts', { attempts: 5 }, ['qualified', 'nurture', 'disqualified']],
    [
      'five of six, for a manager',
      { attempts: 5, isManager: true },
      ['qualified', 'nurture', 'disqualified'],
    ],
    ['all six', { attempts: 6 }, ['qualified', 'nurture', 'disqualified', 'unresponsive']],
    ['more than planned', { attempts: 8 }, ['qualified', 'nurture', 'disqualified', 'unresponsive']],
  ] satisfies [string, Partial<Standing>, Resolution[]][])('%s', (_what, parts, open) => {
    const now = { ...standing, ...parts };
    expect(possibleEnds(now)).toEqual(open);
    expect(ends.filter((end) => whyNot(end, now) === undefined).sort()).toEqual([...open].sort());
  });

  test('the refusal says how many attempts are left', () => {
    expect(whyNot('unresponsive', { ...standing, attempts: 2 })).toBe(
      'Unresponsive unlocks after attempt 6: 4 to go. Log the next one, or choose another end.',
    );
  });
});

describe('what a reason does', () => {
  const kinds = ['factual', 'judgement', 'data'] as const;

  test.each([
    ['at once', {}, ['closes', 'verify', 'ask']],
    ['before attempt 3', { attempts: 2 }, ['closes', 'verify', 'ask']],
    ['with attempt 3 made', { attempts: 3 }, ['closes', 'closes', 'ask']],
    ['by a manager, before attempt 3', { attempts: 2, isManager: true }, ['closes', 'overrides', 'ask']],
    ['by a manager, with attempt 3 made', { attempts: 3, isManager: true }, ['closes', 'closes', 'ask']],
    ['after they have said something', { attempts: 1, heard: true }, ['closes', 'closes', 'ask']],
  ] satisfies [string, Partial<Standing>, Verdict[]][])('%s', (_what, parts, verdicts) => {
    expect(kinds.map((kind) => verdictOn({ kind }, { ...standing, ...parts }))).toEqual(verdicts);
  });
});
