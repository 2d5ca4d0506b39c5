import fc from 'fast-check';
import { pino } from 'pino';
import { expect, test } from 'vitest';
import { beginAbsence, endAbsence } from '../../src/away/away.ts';
import { takeUserChange } from '../../src/away/changed-user.ts';
import { rosterChanged } from '../../src/away/departure.ts';
import { decideOnLeads } from '../../src/away/hand-on.ts';
import { tickAbsences } from '../../src/away/tick.ts';
import { MINUTE } from '../../src/calendar/civil.ts';
import { limitDayFrom } from '../../src/calendar/limit-day.ts';
import { isWorkingTime } from '../../src/calendar/working-time.ts';
import type { LeadRow } from '../../src/db/schema.ts';
import { Refusal } from '../../src/errors.ts';
import { giveBack, handOn, movableLead, unfitFor } from '../../src/handover/hand-on.ts';
import { tickLadders } from '../../src/ladder/tick.ts';
import { goesByItself } from '../../src/lead/waiting.ts';
import { reopenLead } from '../../src/resolution/reopen.ts';
import { closableLead, resolveLead } from '../../src/resolution/resolution.ts';
import { claimLead } from '../../src/routing/claim.ts';
import { routeWaiting } from '../../src/routing/routing.ts';
import { tickWaiting } from '../../src/routing/tick.ts';
import { saveSetup } from '../../src/team/setup.ts';
import { teamById } from '../../src/team/store.ts';
import { settingsOf, type Team, type TeamSettings } from '../../src/team/team.ts';
import { logTouch } from '../../src/touch/touch.ts';
import type { Work } from '../../src/work.ts';
import { Desk, openDesk } from './support.ts';

const reps = ['U0ANN', 'U0BEN', 'U0CID'];
const mona = 'U0MONA';
const log = pino({ enabled: false });
const who = fc.constantFrom(...reps);
const nth = fc.nat(5);
const limit = fc.option(fc.integer({ min: 1, max: 3 }));

const modeChange = fc.record({
  kind: fc.constant('mode' as const),
  mode: fc.constantFrom('claim' as const, 'round_robin' as const, 'least_loaded' as const),
});

const event = fc.oneof(
  { weight: 6, arbitrary: fc.record({ kind: fc.constant('arrive'), newsletter: fc.boolean() }) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('claim'), who, nth }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('touch'), who, nth }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('close'), nth }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('reopen'), who, nth }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('giveBack'), nth }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('handOn'), who, nth }) },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('away'),
      who,
      hours: fc.option(fc.integer({ min: 1, max: 80 })),
    }),
  },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('back'), who }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('account'), who, deactivated: fc.boolean() }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('decide'), nth, handOn: fc.boolean() }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('limits'), who, open: limit, today: limit }) },
  {
    weight: 1,
    arbitrary: fc.record({ kind: fc.constant('roster'), team: fc.subarray(reps, { minLength: 1 }) }),
  },
  { weight: 1, arbitrary: modeChange },
  {
    weight: 4,
    arbitrary: fc.record({ kind: fc.constant('time'), minutes: fc.integer({ min: 1, max: 1500 }) }),
  },
) as fc.Arbitrary<Event>;

type Event =
  | { kind: 'arrive'; newsletter: boolean }
  | { kind: 'claim' | 'touch' | 'reopen' | 'handOn'; who: string; nth: number }
  | { kind: 'close' | 'giveBack'; nth: number }
  | { kind: 'away'; who: string; hours: number | null }
  | { kind: 'back'; who: string }
  | { kind: 'account'; who: string; deactivated: boolean }
  | { kind: 'decide'; nth: number; handOn: boolean }
  | { kind: 'limits'; who: string; open: number | null; today: number | null }
  | { kind: 'roster'; team: string[] }
  | { kind: 'mode'; mode: Team['mode'] }
  | { kind: 'time'; minutes: number };

/** What people and Slack do, as the handlers pass it on. What somebody may not do changes nothing. */
async function happen(desk: Desk, happened: Event): Promise<void> {
  const { work } = desk;
  const team = await teamById(work, desk.team.id);
  const leads = await desk.leads();
  const one = (state: (lead: LeadRow) => boolean, place: number): LeadRow | undefined => {
    const found = leads.filter(state);
    return found[place % Math.max(1, found.length)];
  };
  // Who is deactivated clicks nothing.
  if ('who' in happened && ['claim', 'touch', 'reopen', 'away', 'back'].includes(happened.kind)) {
    const gone = await work.db
      .selectFrom('absence')
      .select('id')
      .where('user_id', '=', happened.who)
      .where('why', '=', 'deactivated')
      .where('ended_at', 'is', null)
      .executeTakeFirst();
    if (gone) return;
  }
  const isOwned = ({ state, owner_id: owner }: LeadRow): boolean => state !== 'resolved' && owner !== null;
  switch (happened.kind) {
    case 'arrive':
      await desk.arrive({ source: happened.newsletter ? 'Newsletter' : 'Demo request' }, { team });
      return;
    case 'claim': {
      const lead = one(({ state }) => state === 'offered', happened.nth);
      if (lead) await claimLead(work, lead.id, happened.who);
      return;
    }
    case 'touch': {
      const lead = one(({ state }) => state !== 'resolved', happened.nth);
      if (lead) await logTouch(work, lead.id, happened.who, 'email');
      return;
    }
    case 'close': {
      const lead = one(isOwned, happened.nth);
      if (!lead) return;
      const closable = await closableLead(work, lead.id, mona);
      const [reason] = closable.playbook.reasons.filter(({ verify }) => verify === undefined);
      const resolution = closable.standing.contacted ? 'qualified' : 'rejected';
      await resolveLead(work, closable, mona, { resolution, reason, note: null });
      return;
    }
    case 'reopen': {
      const lead = one(({ state }) => state === 'resolved', happened.nth);
      if (lead) await reopenLead(work, lead.id, happened.who);
      return;
    }
    case 'giveBack': {
      const lead = one(isOwned, happened.nth);
      if (lead?.owner_id) await giveBack(work, lead.id, lead.owner_id, { reason: 'too_much', note: '' });
      return;
    }
    case 'handOn': {
      const lead = one(({ state }) => state !== 'resolved', happened.nth);
      if (!lead) return;
      const unfit = await unfitFor(work, await movableLead(work, lead.id, mona), happened.who);
      if (unfit === undefined) await handOn(work, lead.id, mona, { to: happened.who, reason: '' });
      return;
    }
    case 'away': {
      if (!team.reps.includes(happened.who)) return;
      const until = happened.hours === null ? null : work.now + happened.hours * 60 * MINUTE;
      await beginAbsence(work, happened.who, { why: 'away', until, by: happened.who });
      return;
    }
    case 'back':
      await endAbsence(work, happened.who, { why: ['away'], by: happened.who });
      return;
    case 'account': {
      const status = { emoji: '', text: '', expiresAt: null };
      await takeUserChange(work, { userId: happened.who, deactivated: happened.deactivated, status });
      return;
    }
    case 'decide': {
      const absences = await work.db.selectFrom('absence').select('id').execute();
      const absence = absences[happened.nth % Math.max(1, absences.length)];
      if (!absence) return;
      const decision = { absenceId: absence.id, salesTeamId: team.id, by: mona, handOn: happened.handOn };
      await decideOnLeads(work, decision);
      return;
    }
    case 'limits':
      await desk.rep(happened.who, { most_open: happened.open, most_new_a_day: happened.today });
      await routeWaiting(work, await teamById(work, team.id));
      return;
    case 'roster':
      await setUp(work, team, { reps: happened.team });
      return;
    case 'mode':
      await setUp(work, team, { mode: happened.mode });
      return;
    case 'time':
      desk.work = { ...work, now: work.now + happened.minutes * MINUTE };
  }
}

/** As the setup form's listener does. */
async function setUp(work: Work, before: Team, changes: Partial<TeamSettings>): Promise<void> {
  const { team } = await saveSetup(work, 'C0LEADS', mona, { ...settingsOf(before), ...changes });
  await rosterChanged(work, before, team);
  await routeWaiting(work, team);
}

/** The part of every minute's tick that moves leads. */
async function tick(work: Work): Promise<void> {
  await tickAbsences(work);
  await tickWaiting(work);
  while ((await tickLadders(work, log)) === 'more');
}

/** Who could take this lead now, as a plain reader of the tables would find it. */
async function takers(
  { work }: Desk,
  team: Team,
  lead: LeadRow,
  leads: readonly LeadRow[],
): Promise<string[]> {
  const { db, now } = work;
  const rows = await db.selectFrom('rep').selectAll().execute();
  const absences = await db.selectFrom('absence').selectAll().where('ended_at', 'is', null).execute();
  const given = await db.selectFrom('assignment').selectAll().execute();
  const audit = await db.selectFrom('audit').selectAll().where('lead_id', '=', lead.id).execute();
  const letGo = audit
    .filter(({ action }) => action === 'lead.given_back' || action === 'lead.taken_back')
    .map(({ detail }) => (JSON.parse(detail) as { from: string }).from);
  const since = limitDayFrom(team.calendar, now);
  return team.reps.filter((id) => {
    const row = rows.find(({ user_id: userId }) => userId === id);
    const open = leads.filter(({ owner_id: owner, state }) => owner === id && state !== 'resolved').length;
    const today = new Set(
      given.filter(({ user_id: userId, at }) => userId === id && at >= since).map((entry) => entry.lead_id),
    ).size;
    return (
      !letGo.includes(id) &&
      absences.every(({ user_id: userId }) => userId !== id) &&
      open < (row?.most_open ?? Infinity) &&
      today < (row?.most_new_a_day ?? Infinity)
    );
  });
}

/** Every open lead has an owner, an offer with somebody to hear of it, or a reason; and waits for nothing that is there. */
async function check(desk: Desk): Promise<void> {
  const team = await teamById(desk.work, desk.team.id);
  const leads = await desk.leads();
  for (const lead of leads) {
    const { state, owner_id: owner, waits_for: why } = lead;
    if (state === 'resolved') expect([why, lead.ladder_at]).toEqual([null, null]);
    else if (owner !== null) expect([why, state]).toEqual([null, expect.stringMatching(/^owned|working$/)]);
    else if (why === null) {
      expect(state).toBe('offered');
      if (lead.ladder_step < 2) expect(lead.ladder_at).not.toBeNull();
    } else {
      expect(why).toMatch(/^(everybody|every rep) /);
      const isAtWork = isWorkingTime(team.calendar, desk.work.now);
      if (isAtWork) expect(await takers(desk, team, lead, leads), why).toEqual([]);
      if (!goesByItself(why)) {
        const told = await desk.work.db
          .selectFrom('outbox')
          .select('message')
          .where('user_id', '=', mona)
          .execute();
        expect(told.some(({ message }) => message.includes(`its number is ${lead.id}.`))).toBe(true);
      }
    }
  }
  await checkGone(desk, team, leads);
}

/** Whoever holds leads and is gone, the manager has been asked about them. */
async function checkGone({ work }: Desk, team: Team, leads: readonly LeadRow[]): Promise<void> {
  const open = work.db.selectFrom('absence').selectAll().where('ended_at', 'is', null);
  const absences = await open.where('why', '=', 'deactivated').execute();
  const holders = new Set(
    leads.flatMap(({ state, owner_id: owner }) => (state === 'resolved' ? [] : [owner])),
  );
  for (const holder of holders) {
    if (holder === null) continue;
    const gone = absences.find(({ user_id: userId }) => userId === holder);
    if (!gone && [...team.reps, ...team.managers].includes(holder)) continue;
    const asked = await work.db.selectFrom('outbox').select('slot').where('user_id', '=', mona).execute();
    const about = [`departure:${team.id}:${holder}:`, ...(gone ? [`absence:${gone.id}:`] : [])];
    expect(asked.some(({ slot }) => about.some((start) => slot?.startsWith(start)))).toBe(true);
  }
}

class Over extends Error {}

let runs = 0;

/** One life of a team, in a transaction that leaves nothing behind. */
async function live(desk: Desk, events: readonly Event[]): Promise<void> {
  // Teams are remembered by when they were changed: no two lives share a moment.
  runs += 1;
  const now = desk.work.now + runs * 1000;
  await desk.work.db
    .transaction()
    .execute(async (db) => {
      const life = new Desk({ ...desk.work, db, now }, desk.team);
      for (const happened of events) {
        await happen(life, happened).catch((error: unknown) => {
          if (!(error instanceof Refusal)) throw error;
        });
        await tick(life.work);
        await check(life);
      }
      throw new Over();
    })
    .catch((error: unknown) => {
      if (!(error instanceof Over)) throw error;
    });
}

test('whatever happens, every open lead has an owner, an offer or a named reason, and none waits for nothing', async () => {
  const desk = await openDesk('claim', reps);
  const life = fc.tuple(modeChange, fc.array(event, { minLength: 1, maxLength: 14 }));
  await fc.assert(
    fc.asyncProperty(life, ([first, rest]) => live(desk, [first, ...rest])),
    { numRuns: 1000 },
  );
}, 120_000);

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
