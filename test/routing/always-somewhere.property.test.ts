import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { LeadRow } from '../../src/db/schema.ts';
import { closableLead, resolveLead } from '../../src/resolution/resolution.ts';
import { claimLead } from '../../src/routing/claim.ts';
import { routeWaiting } from '../../src/routing/routing.ts';
import { endAbsences, insertAbsence } from '../../src/team/people/store.ts';
import { MINUTE } from '../../src/calendar/civil.ts';
import { type Desk, openDesk } from './support.ts';

const reps = ['ANN', 'BEN', 'CID'];
const who = fc.constantFrom(...reps);
const event = fc.oneof(
  { weight: 5, arbitrary: fc.constant({ kind: 'arrive' as const }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('close' as const), nth: fc.nat(9) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('away' as const), who }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('back' as const), who }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('limit' as const), who, to: fc.option(fc.nat(3)) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('today' as const), who, to: fc.option(fc.nat(3)) }) },
  {
    weight: 1,
    arbitrary: fc.record({ kind: fc.constant('hours' as const), hours: fc.integer({ min: 1, max: 30 }) }),
  },
);
type Event = typeof event extends fc.Arbitrary<infer One> ? One : never;

async function happen(desk: Desk, happened: Event): Promise<void> {
  const { work, team } = desk;
  if (happened.kind === 'arrive') await desk.arrive();
  else if (happened.kind === 'close') await close(desk, happened.nth);
  else if (happened.kind === 'hours') desk.work = { ...work, now: work.now + happened.hours * 60 * MINUTE };
  else if (happened.kind === 'limit') await desk.rep(happened.who, { most_open: happened.to });
  else if (happened.kind === 'today') await desk.rep(happened.who, { most_new_a_day: happened.to });
  else if (happened.kind === 'back') await endAbsences(work, happened.who, ['away']);
  else
    await insertAbsence(work, { user_id: happened.who, why: 'away', until_at: null, set_by: happened.who });
  // What time and settings bring: the tick, or whoever changed them.
  if (happened.kind !== 'arrive' && happened.kind !== 'close') await routeWaiting(desk.work, team);
}

async function close(desk: Desk, nth: number): Promise<void> {
  const owned = (await desk.leads()).filter(({ state }) => state === 'owned');
  const lead = owned[nth % Math.max(1, owned.length)];
  if (lead?.owner_id == null) return;
  const closable = await closableLead(desk.work, lead.id, lead.owner_id);
  await resolveLead(desk.work, closable, lead.owner_id, { resolution: 'qualified', note: null });
}

/** Who could take a lead now, as a plain reader of the tables would find it. */
async function free(desk: Desk, leads: readonly LeadRow[]): Promise<string[]> {
  const { db, now } = desk.work;
  const rows = await db.selectFrom('rep').selectAll().execute();
  const absent = await db.selectFrom('absence').selectAll().where('ended_at', 'is', null).execute();
  const given = await db.selectFrom('assignment').selectAll().execute();
  const midnight = new Date(now).toLocaleDateString('en', { timeZone: 'Europe/Berlin' });
  return reps.filter((id) => {
    const row = rows.find(({ user_id: userId }) => userId === id);
    const open = leads.filter(({ owner_id: owner, state }) => owner === id && state !== 'resolved').length;
    const today = given.filter(
      ({ user_id: userId, at }) =>
        userId === id && new Date(at).toLocaleDateString('en', { timeZone: 'Europe/Berlin' }) === midnight,
    ).length;
    return (
      absent.every(({ user_id: userId }) => userId !== id) &&
      open < (row?.most_open ?? Infinity) &&
      today < (row?.most_new_a_day ?? Infinity)
    );
  });
}

test.each(['round_robin', 'least_loaded'] as const)(
  'whatever happens, every open lead has an owner or a named reason, and none waits for nothing (%s)',
  async (mode) => {
    await fc.assert(
      fc.asyncProperty(fc.array(event, { maxLength: 25 }), async (events) => {
        const desk = await openDesk(mode, reps);
        for (const happened of events) {
          await happen(desk, happened);
          const leads = await desk.leads();
          const waiting = leads.filter(({ state, owner_id: owner }) => state === 'offered' && owner === null);
          for (const lead of leads) {
            if (lead.state === 'resolved') expect(lead.waits_for).toBeNull();
            else if (lead.owner_id === null) expect(lead.waits_for).toMatch(/^everybody is \w+/);
            else expect(lead.waits_for).toBeNull();
          }
          if (waiting.length > 0) expect(await free(desk, leads)).toEqual([]);
        }
        await desk.work.db.destroy();
      }),
      { numRuns: 60 },
    );
  },
  60_000,
);

test('whoever claims, in whatever order and how often: one owner, one assignment', async () => {
  const desk = await openDesk('claim', reps);
  await fc.assert(
    fc.asyncProperty(fc.array(who, { minLength: 1, maxLength: 12 }), async (claimers) => {
      const lead = await desk.arrive();
      expect(lead).toMatchObject({ state: 'offered', owner_id: null, waits_for: null });
      const claims = claimers.map((userId) =>
        desk.work.db
          .transaction()
          .execute((db) => claimLead({ ...desk.work, db }, lead.id, userId))
          .then(() => userId),
      );
      const won = (await Promise.allSettled(claims)).flatMap((claim) =>
        claim.status === 'fulfilled' ? [claim.value] : [],
      );
      const given = await desk.work.db
        .selectFrom('assignment')
        .selectAll()
        .where('lead_id', '=', lead.id)
        .execute();
      expect(won).toHaveLength(1);
      expect(given.map(({ user_id: userId }) => userId)).toEqual(won);
    }),
    { numRuns: 200 },
  );
}, 60_000);
