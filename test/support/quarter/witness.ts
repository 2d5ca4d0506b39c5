import type { LeadRow, NudgeRow, TouchRow } from '../../../src/db/schema.ts';
import type { Delivered, Office } from './office.ts';
import { wallOf } from './local-time.ts';
import type { Rep } from './people.ts';

/** Messages that the app sends to a rep of its own accord. */
const asking = ['nudge', 'nudge_bundle', 'brief'];

export interface Seen {
  nudges: number;
  bundles: number;
  briefs: number;
}

/**
 * Looks over the product's shoulder, with rules of its own: what was sent, when, about what; and at the end of each day,
 * that every open lead is in somebody's sight. What is wrong is told in sentences.
 */
export class Witness {
  readonly wrong: string[] = [];
  readonly seen: Seen = { nudges: 0, bundles: 0, briefs: 0 };
  readonly #office: Office;
  readonly #reps: ReadonlyMap<string, Rep>;
  readonly #holidays: ReadonlySet<string>;
  readonly #briefs = new Set<string>();
  readonly #isAway: (userId: string, at: number) => boolean;

  constructor(
    office: Office,
    reps: readonly Rep[],
    options: { holidays: readonly string[]; isAway: (userId: string, at: number) => boolean },
  ) {
    this.#office = office;
    this.#reps = new Map(reps.map((rep) => [rep.userId, rep]));
    this.#holidays = new Set(options.holidays);
    this.#isAway = options.isAway;
  }

  async delivered(message: Delivered): Promise<void> {
    if (!asking.includes(message.type)) return;
    const { row, at, type } = message;
    const nudges = await this.#nudgesIn(row.slot ?? '');
    if (nudges.length === 0) this.#complain(at, `a ${type} stands in no lead's story (${row.slot})`);
    if (type === 'nudge') this.seen.nudges += 1;
    if (type === 'nudge_bundle') this.seen.bundles += 1;
    if (type === 'brief') this.#brief(message);
    for (const nudge of nudges) {
      this.#checkTime(nudge.user_id, at, type);
      await this.#checkNews(nudge, at, type);
    }
  }

  /** No open lead without a due date that is ahead, or a named reason why there is none. */
  async endOfDay(): Promise<void> {
    const { db, now } = this.#office;
    const leads = await db.selectFrom('lead').selectAll().where('state', '!=', 'resolved').execute();
    for (const lead of leads) {
      if (!isInSight(lead, now))
        this.#complain(now, `lead ${lead.id} (${lead.state}) has fallen out of sight`);
    }
    const back = await db
      .selectFrom('lead')
      .select('id')
      .where('state', '=', 'resolved')
      .where('resolution', '=', 'nurture')
      .where('return_at', '<', now - 3 * 86_400_000)
      .execute();
    for (const { id } of back) this.#complain(now, `lead ${id} has not come back`);
  }

  #brief({ row, at }: Delivered): void {
    this.seen.briefs += 1;
    const rep = this.#reps.get(row.user_id ?? '');
    const key = `${row.user_id} ${wallOf(rep?.zone ?? 'UTC', at).date}`;
    if (this.#briefs.has(key)) this.#complain(at, `a second brief on one day: ${key}`);
    this.#briefs.add(key);
  }

  #checkTime(userId: string, at: number, type: string): void {
    const rep = this.#reps.get(userId);
    if (!rep) return this.#complain(at, `a ${type} for ${userId}, who is no rep`);
    const { date, time, weekday } = wallOf(rep.zone, at);
    const works =
      rep.workingDays.includes(weekday) &&
      !this.#holidays.has(date) &&
      time >= rep.dayStart &&
      time < rep.dayEnd;
    if (!works)
      this.#complain(at, `a ${type} for ${userId} outside working hours: ${date} ${time} ${rep.zone}`);
    if (rep.quiet && time >= rep.quiet.from && time < rep.quiet.to)
      this.#complain(at, `a ${type} for ${userId} in quiet hours: ${date} ${time}`);
    if (this.#isAway(userId, at)) this.#complain(at, `a ${type} for ${userId}, who is away: ${date}`);
  }

  /** What is asked for has not been done: counted from the touches, whatever the lead says of itself. */
  async #checkNews(nudge: NudgeRow, at: number, type: string): Promise<void> {
    const lead = await this.#office.db
      .selectFrom('lead')
      .selectAll()
      .where('id', '=', nudge.lead_id)
      .executeTakeFirstOrThrow();
    if (lead.state === 'resolved') this.#complain(at, `a ${type} about lead ${lead.id}, which is closed`);
    const [, , epoch, attempt] = nudge.about.split(':');
    if (Number(epoch) !== lead.cadence_epoch)
      this.#complain(at, `a ${type} about lead ${lead.id} in an old cadence`);
    if (attempt === undefined || !/^\d+$/.test(attempt)) return;
    const made = attemptsIn(await this.#touchesOf(lead));
    if (made >= Number(attempt))
      this.#complain(at, `a ${type} for attempt ${attempt} of lead ${lead.id}, which is made`);
  }

  async #nudgesIn(slot: string): Promise<NudgeRow[]> {
    return this.#office.db.selectFrom('nudge').selectAll().where('slot', '=', slot).execute();
  }

  async #touchesOf(lead: LeadRow): Promise<TouchRow[]> {
    return this.#office.db
      .selectFrom('touch')
      .selectAll()
      .where('lead_id', '=', lead.id)
      .where('cadence_epoch', '=', lead.cadence_epoch)
      .where('undone_at', 'is', null)
      .execute();
  }

  #complain(at: number, sentence: string): void {
    this.wrong.push(`${new Date(at).toISOString()}: ${sentence}`);
  }
}

function attemptsIn(touches: readonly TouchRow[]): number {
  const made = touches.filter(({ kind }) => kind !== 'replied').map(({ attempt }) => attempt);
  return made.length === 0 ? 0 : Math.max(...made);
}

/** Whether something will still happen to the lead by itself, or somebody is shown it and why. */
function isInSight(lead: LeadRow, now: number): boolean {
  if (lead.state === 'held') return lead.held_reasons !== null;
  if (lead.owner_id === null)
    return lead.waits_for !== null || lead.ladder_at !== null || lead.ladder_step > 0;
  if (lead.next_attempt_at === null) return lead.attempts > 0;
  // Late leads stand first in queue and brief; a due nudge must have been sent, or wait for a moment to come.
  return lead.nudge_at === null || lead.nudge_at > now;
}
