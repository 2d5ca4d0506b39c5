import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Candidate, type ChooseInput, chooseRep, hasRoom } from '../../src/routing/choose.ts';
import { countIn } from '../../src/routing/count-in.ts';
import { dryRun } from '../../src/routing/dry-run.ts';
import type { RoutingRule } from '../../src/playbook/routing-rules.ts';

const away = { available: false, why: 'away until Friday', until: 5, back: 'on Monday' } as const;

function rep(userId: string, parts: Partial<Candidate> = {}): Candidate {
  return {
    userId,
    weight: 1,
    tags: [],
    availability: { available: true },
    mostOpen: null,
    mostNewADay: null,
    open: 0,
    newToday: 0,
    owed: 0,
    servedAt: null,
    ...parts,
  };
}

function rule(parts: Partial<RoutingRule>): RoutingRule {
  return { country: [], language: [], source: [], persona: [], rank: [], tag: 'german', ...parts };
}

function input(parts: Partial<ChooseInput> = {}): ChooseInput {
  return {
    lead: {
      rank: 'A',
      source: 'HubSpot: Demo request',
      country: 'DE',
      language: 'de',
      account_size: 60,
      marketing_persona: null,
      sales_persona: 'Decides',
    },
    mode: 'round_robin',
    rules: [],
    acquaintances: [],
    reps: [rep('ALICE'), rep('BOB'), rep('CAROL')],
    without: [],
    ...parts,
  };
}

const of = (parts: Partial<ChooseInput>) => chooseRep(input(parts)).result;

describe('who knows the person or the account comes first', () => {
  const person = { userId: 'BOB', of: 'person', lead: '*Ada*' } as const;
  const account = { userId: 'CAROL', of: 'account', lead: '*Grace Hopper*' } as const;

  test('the one who had the person, before the one who has the account', () => {
    expect(of({ acquaintances: [person, account] })).toMatchObject({ userId: 'BOB', how: 'same_account' });
  });

  test('in every mode, on offer too', () => {
    for (const mode of ['claim', 'round_robin', 'least_loaded'] as const)
      expect(of({ mode, acquaintances: [account] })).toMatchObject({ kind: 'assign', userId: 'CAROL' });
  });

  test('the thread says so in one line', () => {
    expect(of({ acquaintances: [account] })).toMatchObject({
      note: 'For <@CAROL>: same account as *Grace Hopper*.',
    });
  });

  test.each([
    ['away', { availability: away }, 'away until Friday'],
    ['full', { mostOpen: 3, open: 3 }, 'full: 3 of 3 open leads'],
  ])('but not who is %s: then the next who knows it', (_, parts, why) => {
    const reps = [rep('ALICE'), rep('BOB', parts), rep('CAROL')];
    const { steps, result } = chooseRep(input({ reps, acquaintances: [person, account] }));
    expect(result).toMatchObject({ userId: 'CAROL' });
    expect(steps[0]).toBe(`Same person as *Ada*, whom <@BOB> had and is ${why}.`);
  });

  test('nor who has left the roster, nor who must not get it again', () => {
    expect(of({ acquaintances: [{ ...person, userId: 'GONE' }] })).toMatchObject({ how: 'round_robin' });
    expect(of({ acquaintances: [person], without: ['BOB'] })).toMatchObject({ how: 'round_robin' });
  });
});

describe('routing rules leave the reps with their tag', () => {
  const german = [rep('ALICE'), rep('BOB', { tags: ['german'] }), rep('CAROL', { tags: ['german', 'big'] })];

  test.each<[string, Partial<RoutingRule>, boolean]>([
    ['a country', { country: ['AT', 'DE'] }, true],
    ['another country', { country: ['AT'] }, false],
    ['a language', { language: ['de'] }, true],
    ['a word of the source', { source: ['demo'] }, true],
    ['a persona', { persona: ['Decides'] }, true],
    ['a rank', { rank: ['B'] }, false],
    ['a size in between', { sizeFrom: 60, sizeTo: 60 }, true],
    ['a larger size', { sizeFrom: 61 }, false],
    ['a smaller size', { sizeTo: 59 }, false],
    ['two parts, of which one does not fit', { country: ['DE'], rank: ['B'] }, false],
  ])('%s', (_, parts, fits) => {
    expect(of({ reps: german, rules: [rule(parts)] })).toMatchObject({ userId: fits ? 'BOB' : 'ALICE' });
  });

  test('the first rule that fits decides', () => {
    const rules = [
      rule({ country: ['FR'] }),
      rule({ country: ['DE'], tag: 'big' }),
      rule({ language: ['de'] }),
    ];
    expect(of({ reps: german, rules })).toMatchObject({ userId: 'CAROL' });
  });

  test('what the lead does not say fits no rule', () => {
    const lead = { ...input().lead, country: null, account_size: null };
    const rules = [rule({ country: ['DE'] }), rule({ sizeTo: 100 })];
    expect(chooseRep(input({ lead, reps: german, rules })).steps[0]).toBe('No routing rule fits.');
  });

  test('a rule whose tag nobody has is skipped, and the step says so', () => {
    const { steps, result } = chooseRep(input({ rules: [rule({ country: ['DE'] })] }));
    expect(result).toMatchObject({ userId: 'ALICE' });
    expect(steps[0]).toBe(
      'Rule for country DE: reps with the tag german. Nobody has it, so the rule is skipped.',
    );
  });

  test('among these goes first who knows the account; who knows it and is not meant is not asked', () => {
    const rules = [rule({ country: ['DE'] })];
    const known = (userId: string) => [{ userId, of: 'account' as const, lead: '*Grace*' }];
    expect(of({ reps: german, rules, acquaintances: known('CAROL') })).toMatchObject({ userId: 'CAROL' });
    expect(of({ reps: german, rules, acquaintances: known('ALICE') })).toMatchObject({ userId: 'BOB' });
  });

  test('a rule holds when all with its tag have let the lead go: nobody else gets it', () => {
    const { steps, result } = chooseRep(
      input({ reps: german, rules: [rule({ country: ['DE'] })], without: ['BOB', 'CAROL'] }),
    );
    expect(result).toEqual({ kind: 'wait', why: 'every rep with the tag german has had it and let it go' });
    expect(steps[1]).toBe('Not to <@BOB>, <@CAROL> again.');
  });

  test('when all with the tag are away the lead waits for them, and says until when', () => {
    const reps = [rep('ALICE'), rep('BOB', { tags: ['german'], availability: away })];
    expect(of({ reps, rules: [rule({ country: ['DE'] })] })).toEqual({
      kind: 'wait',
      why: 'everybody with the tag german is away until Friday',
    });
  });
});

describe('availability and capacity', () => {
  test('why somebody’s turn came early stands in the thread, without calling who is away', () => {
    const reps = [rep('ALICE', { availability: away }), rep('BOB')];
    expect(of({ reps })).toMatchObject({
      userId: 'BOB',
      note: '<@BOB>’s turn: who comes before is away until Friday.',
    });
  });

  test('somebody’s absence that changes nothing is not told', () => {
    expect(of({ reps: [rep('ALICE'), rep('BOB', { availability: away })] })).toMatchObject({ note: null });
  });

  test.each<[string, Partial<Candidate>, boolean]>([
    ['one below the open limit', { mostOpen: 5, open: 4 }, true],
    ['at the open limit', { mostOpen: 5, open: 5 }, false],
    ['above it', { mostOpen: 5, open: 6 }, false],
    ['one below today’s limit', { mostNewADay: 2, newToday: 1 }, true],
    ['at today’s limit', { mostNewADay: 2, newToday: 2 }, false],
  ])('%s', (_, parts, gets) => {
    expect(of({ reps: [rep('ALICE', parts)] }).kind).toBe(gets ? 'assign' : 'wait');
  });

  test.each<[string, Candidate[], string]>([
    ['all are full', [rep('A', { mostOpen: 0 })], 'everybody is full'],
    [
      'some are away, the others full',
      [rep('A', { mostOpen: 0 }), rep('B', { availability: away })],
      'everybody is away (1) or full (1)',
    ],
    ['there is no rep', [], 'there is nobody it could go to'],
    [
      'all are back at different times',
      [
        rep('A', { availability: { available: false, why: 'away', until: null } }),
        rep('B', { availability: away }),
      ],
      'everybody is away; the first is back on Monday',
    ],
  ])('a lead waits with its reason when %s', (_, reps, why) => {
    expect(of({ reps })).toEqual({ kind: 'wait', why });
  });

  test('a lead that every rep has let go waits for a person, not for time', () => {
    const reps = [rep('A'), rep('B')];
    expect(of({ reps, without: ['A', 'B'] })).toEqual({
      kind: 'wait',
      why: 'every rep has had it and let it go',
    });
    const full = [rep('A'), rep('B', { mostOpen: 0 })];
    expect(of({ reps: full, without: ['A'] })).toEqual({ kind: 'wait', why: 'everybody else is full' });
  });

  test('on offer, absence and limits do not matter', () => {
    expect(of({ mode: 'claim', reps: [rep('A', { availability: away })] })).toEqual({ kind: 'offer' });
  });
});

describe('least loaded', () => {
  test('nobody has a turn there, so nobody’s absence is told', () => {
    const reps = [rep('A', { availability: away }), rep('B')];
    expect(of({ mode: 'least_loaded', reps })).toMatchObject({ userId: 'B', note: null });
  });

  test.each<[string, Candidate[], string]>([
    ['the fewest open leads', [rep('A', { open: 3 }), rep('B', { open: 2 })], 'B'],
    ['for their weight', [rep('A', { open: 5, weight: 3 }), rep('B', { open: 2 })], 'A'],
    ['of equals who was not served longest', [rep('A', { servedAt: 9 }), rep('B', { servedAt: 4 })], 'B'],
    ['else roster order', [rep('A'), rep('B')], 'A'],
  ])('%s', (_, reps, expected) => {
    expect(of({ mode: 'least_loaded', reps })).toMatchObject({ userId: expected, how: 'least_loaded' });
  });
});

test('a dry run goes on as the leads would, and changes nothing', () => {
  const reps = [rep('A', { mostOpen: 2 }), rep('B', { weight: 2 })];
  const before = structuredClone(reps);
  const went = dryRun(reps, 'round_robin', 6, 100).map((result) => ('userId' in result ? result.userId : ''));
  expect(went).toEqual(['B', 'A', 'B', 'B', 'A', 'B'].map((id) => id));
  expect(reps).toEqual(before);
});

const anyRep = fc.record({
  weight: fc.integer({ min: 1, max: 9 }),
  tags: fc.subarray(['german', 'big']),
  availability: fc.constantFrom({ available: true } as const, away),
  mostOpen: fc.option(fc.nat(4)),
  mostNewADay: fc.option(fc.nat(4)),
  open: fc.nat(5),
  newToday: fc.nat(5),
  owed: fc.double({ min: -0.99, max: 0.99, noNaN: true }),
  servedAt: fc.option(fc.nat(100)),
});
const anyInput = fc
  .record({
    reps: fc.array(anyRep, { maxLength: 7 }),
    mode: fc.constantFrom('claim' as const, 'round_robin' as const, 'least_loaded' as const),
    rules: fc.subarray([rule({ country: ['DE'] }), rule({ rank: ['A'], tag: 'big' })]),
    acquaintances: fc.array(
      fc.record({
        userId: fc.nat(8).map((place) => `U${place}`),
        of: fc.constantFrom('person' as const, 'account' as const),
        lead: fc.constant('*L*'),
      }),
      { maxLength: 3 },
    ),
    without: fc.array(
      fc.nat(8).map((place) => `U${place}`),
      { maxLength: 2 },
    ),
  })
  .map(({ reps, ...more }) => input({ ...more, reps: reps.map((parts, place) => rep(`U${place}`, parts)) }));

describe('whatever the roster, the rules and the mode', () => {
  test('a lead is given to somebody, on offer, or waits with a reason; and the steps end with it', () => {
    fc.assert(
      fc.property(anyInput, (given) => {
        const { steps, result } = chooseRep(given);
        expect(steps.length).toBeGreaterThan(0);
        if (result.kind === 'wait') expect(result.why).not.toBe('');
        if (result.kind === 'wait') expect(steps.at(-1)).toContain(result.why);
        if (result.kind === 'assign') expect(steps.at(-1)).toContain(result.userId);
      }),
      { numRuns: 5000 },
    );
  });

  test('nobody gets one who is away, full, or must not have it', () => {
    fc.assert(
      fc.property(anyInput, (given) => {
        const { result } = chooseRep(given);
        if (result.kind !== 'assign') return;
        const chosen = given.reps.find(({ userId }) => userId === result.userId);
        expect(chosen?.availability.available).toBe(true);
        expect(chosen && hasRoom(chosen)).toBe(true);
        expect(given.without).not.toContain(result.userId);
      }),
      { numRuns: 5000 },
    );
  });

  test('nothing waits while somebody whom the rules leave could take it', () => {
    fc.assert(
      fc.property(anyInput, (given) => {
        const { result } = chooseRep({ ...given, rules: [] });
        const free = given.reps.filter(
          (one) => one.availability.available && hasRoom(one) && !given.without.includes(one.userId),
        );
        if (free.length > 0) expect(result.kind).not.toBe('wait');
      }),
      { numRuns: 3000 },
    );
  });

  test('limits hold however many leads come', () => {
    fc.assert(
      fc.property(anyInput, fc.nat(30), (given, leads) => {
        const reps = [...given.reps];
        for (let lead = 0; lead < leads; lead += 1) countIn(reps, chooseRep({ ...given, reps }).result, lead);
        reps.forEach((one, place) => {
          const before = given.reps[place];
          if (one.mostOpen !== null)
            expect(one.open).toBeLessThanOrEqual(Math.max(one.mostOpen, before?.open ?? 0));
        });
      }),
      { numRuns: 1000 },
    );
  });
});
