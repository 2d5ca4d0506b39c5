import { seededRandom } from '../../../src/demo/random.ts';
import { admit } from '../../../src/intake/admit.ts';
import { draftOf } from '../../../src/intake/draft.ts';
import { beginAbsence } from '../../../src/away/away.ts';
import { saveRepSettings } from '../../../src/team/people/settings.ts';
import { savePreferences } from '../../../src/preference/store.ts';
import { teamById } from '../../../src/team/store.ts';
import { Behaviour } from './behaviour.ts';
import { wallOf } from './local-time.ts';
import { manager, Office } from './office.ts';
import { makeReps, type Rep, settingsOf } from './people.ts';
import { type Seen, Witness } from './witness.ts';

const minute = 60_000;
const day = 24 * 60 * minute;
/** Thursday, 1 October 2026, 00:00 UTC: the quarter has both clock changes and holidays in it. */
const firstDay = Date.UTC(2026, 9, 1);

export interface QuarterSize {
  reps: number;
  leads: number;
  days: number;
  seed: number;
  /** What the witness takes a rep for, where that is not the truth: to see that it notices. */
  mistake?: (rep: Rep) => Rep;
}

export interface Quarter {
  /** What was not as promised, in sentences; none is what we want. */
  wrong: string[];
  seen: Seen;
  done: Behaviour['done'];
  /** How many leads there are in which state at the end. */
  states: Record<string, number>;
  /** What the product itself logged as an error. */
  failures: unknown[];
}

/**
 * A quarter of a company's life at the product's own speed: leads arrive by day and night, reps look in every hour of their
 * own working time and do some of what is due, go away, snooze, take back, close; the tick runs every quarter of an hour.
 */
export async function playQuarter(size: QuarterSize): Promise<Quarter> {
  const random = seededRandom(size.seed);
  const reps = makeReps(size.reps, size.seed);
  const office = await Office.open(firstDay);
  const team = await office.setUp(
    reps.map(({ userId }) => userId),
    'claim',
  );
  for (const rep of reps) await moveIn(office, rep);
  const holidays = office.work.playbooks.current.playbook.working.holidays;
  const isAway = (userId: string, at: number): boolean =>
    reps.some((rep) => rep.userId === userId && rep.away.some(({ from, to }) => isWithin(rep, at, from, to)));
  const witness = new Witness(office, reps.map(size.mistake ?? ((rep) => rep)), { holidays, isAway });
  office.delivered = (message) => witness.delivered(message);
  const behaviour = new Behaviour(office, random);

  const arrivals = Array.from({ length: size.leads }, () => firstDay + random() * size.days * 0.9 * day).sort(
    (a, b) => a - b,
  );
  let arrived = 0;
  const end = firstDay + size.days * day;
  for (let at = firstDay; at < end; at += stepAfter(at)) {
    await office.passTo(at);
    while ((arrivals[arrived] ?? Infinity) <= at) {
      arrived += 1;
      await arrive(office, team.id, arrived, random);
    }
    if (at % (60 * minute) === 0) {
      for (const rep of reps) {
        await goAway(office, rep, at);
        if (!isAtWork(rep, at, holidays) || isAway(rep.userId, at)) continue;
        const others = reps.filter((other) =>
          other.away.some(({ from, to, deputy }) => deputy === rep.userId && isWithin(other, at, from, to)),
        );
        await behaviour.session(rep, [rep.userId, ...others.map(({ userId }) => userId)]);
      }
      await office.deliver();
    }
    if (at % day === 23 * 60 * minute) await witness.endOfDay();
  }
  const states = await statesOf(office);
  await office.db.destroy();
  return {
    wrong: witness.wrong,
    seen: witness.seen,
    done: behaviour.done,
    states,
    failures: office.failures,
  };
}

/** Nobody works between 23:00 and 05:00 UTC, and the tick finds what is due whenever it comes. */
function stepAfter(at: number): number {
  const minutes = Math.floor((at % day) / minute);
  return minutes >= 23 * 60 || minutes < 5 * 60 ? 60 * minute : 15 * minute;
}

async function moveIn(office: Office, rep: Rep): Promise<void> {
  await office.act(async (work) => {
    const team = await teamById(work, 1);
    const values = {
      weight: 1,
      most_open: null,
      most_new_a_day: null,
      tags: '[]',
      region: null,
      zone: null,
      working_days: null,
      day_start: null,
      day_end: null,
      ...settingsOf(rep),
    };
    await saveRepSettings(work, team, { userId: rep.userId, by: manager, values });
    await savePreferences(work, rep.userId, {
      nudgeIn: rep.nudgeIn,
      quiet: rep.quiet,
      brief: true,
      briefTime: null,
      signature: null,
    });
  });
}

const kinds = ['Demo request', 'Pricing page', 'Newsletter', 'Ebook download', 'Webinar', 'Contact form'];

async function arrive(office: Office, teamId: number, number: number, random: () => number): Promise<void> {
  const company = Math.floor(random() * number * 0.8) + 1;
  await office.act(async (work) => {
    const draft = draftOf({
      name: `Person ${number} Example`,
      email: `person${number}@company${company}.example`,
      phone: random() < 0.6 ? `+49301${String(1_000_000 + number)}` : null,
      account: `Company ${company}`,
      source: kinds[Math.floor(random() * kinds.length)] ?? 'Demo request',
    });
    const team = await teamById(work, teamId);
    await admit(work, { team, way: 'webhook', key: `webhook:1:${number}`, draft });
  });
}

async function goAway(office: Office, rep: Rep, at: number): Promise<void> {
  for (const { from, to, deputy } of rep.away) {
    if (!isWithin(rep, at, from, to) || isWithin(rep, at - 60 * minute, from, to)) continue;
    const until = startOfDay(rep, to);
    await office.act((work) =>
      beginAbsence(work, rep.userId, { why: 'away', until, by: rep.userId, ...(deputy && { deputy }) }),
    );
  }
}

/** Whether a moment lies in the rep's local days [from, to), counted from the first of the quarter. */
function isWithin(rep: Rep, at: number, from: number, to: number): boolean {
  const { date } = wallOf(rep.zone, at);
  return date >= dateOf(from) && date < dateOf(to);
}

function dateOf(days: number): string {
  return new Date(firstDay + days * day).toISOString().slice(0, 10);
}

/** The first quarter of an hour of a local day. */
function startOfDay(rep: Rep, days: number): number {
  let at = firstDay + days * day - 14 * 60 * minute;
  while (wallOf(rep.zone, at).date < dateOf(days)) at += 15 * minute;
  return at;
}

function isAtWork(rep: Rep, at: number, holidays: readonly string[]): boolean {
  const { date, time, weekday } = wallOf(rep.zone, at);
  return (
    rep.workingDays.includes(weekday) && !holidays.includes(date) && time >= rep.dayStart && time < rep.dayEnd
  );
}

async function statesOf(office: Office): Promise<Record<string, number>> {
  const rows = await office.db
    .selectFrom('lead')
    .select((eb) => ['state', 'resolution', eb.fn.countAll<number>().as('leads')])
    .groupBy(['state', 'resolution'])
    .execute();
  return Object.fromEntries(rows.map((row) => [row.resolution ?? row.state, row.leads]));
}
