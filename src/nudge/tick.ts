import type { Logger } from 'pino';
import { oneOfMany, retryMs } from '../db/savepoint.ts';
import type { LeadRow, NudgeRow } from '../db/schema.ts';
import { refreshCards } from '../lead/card-slot.ts';
import { leadsById, updateLead } from '../lead/store.ts';
import { teamById } from '../team/store.ts';
import { nudgeFor, nudgeKey } from '../touch/nudge-slot.ts';
import { type Found, found, type Work } from '../work.ts';
import { againFrom, asDirectMessage, intoThread, Told } from './deliver.ts';
import { isNudgeWanted } from './nudge.ts';
import { type DueNudge, notBefore, planNudges, type Recipient } from './plan.ts';
import { type Asked, recipientOf } from './recipients.ts';
import * as store from './store.ts';

const batch = 200;

/** Asks for what is due, and once more for what was asked for and did not happen, in one transaction of the caller's. */
export async function tickNudges(work: Work, log: Logger): Promise<Found> {
  const first = await store.leadsToNudge(work, batch);
  const repeats = await store.nudgesToRepeat(work, batch);
  const due = wholePeople(first);
  if (due.length === 0 && repeats.length === 0) return 'nothing';
  const asked = await leadsById(
    work,
    repeats.map((row) => row.lead_id),
  );
  const leads = new Map([...asked, ...due.map((lead): [number, LeadRow] => [lead.id, lead])]);
  const failed = (what: { lead: LeadRow } | { row: NudgeRow }) => async (error: unknown) => {
    const leadId = 'lead' in what ? what.lead.id : what.row.lead_id;
    log.error({ err: error, lead: leadId }, 'a nudge failed; it is tried again in an hour');
    await putOff(work, what, work.now + retryMs);
  };
  const round = new Round(work, await Told.of(work, [...leads.values()]));
  for (const lead of due) await oneOfMany(work.db, () => round.ask(lead), failed({ lead }));
  for (const row of repeats)
    await oneOfMany(work.db, () => round.askAgain(row, leads.get(row.lead_id)), failed({ row }));
  for (const { nudges, send } of await round.deliveries())
    await oneOfMany(work.db, send, async (error) => {
      for (const { lead, row } of nudges) await failed(row ? { row } : { lead })(error);
    });
  return found(first.length > repeats.length ? first : repeats, batch);
}

async function putOff(work: Work, what: { lead: LeadRow } | { row: NudgeRow }, until: number): Promise<void> {
  if ('row' in what) await store.saveAgain(work, [what.row.id], until);
  else await updateLead(work.db, what.lead.id, { nudge_at: until });
}

/** Of a full batch the last rep's leads are left for the next one, so that what belongs in one message stays together. */
function wholePeople(leads: readonly LeadRow[]): readonly LeadRow[] {
  const last = leads.at(-1)?.owner_id;
  const whole = leads.length < batch ? leads : leads.filter((lead) => lead.owner_id !== last);
  return whole.length === 0 ? leads : whole;
}

type ToAsk = DueNudge & { to: Recipient & Asked; againAt: number | null; row?: NudgeRow };

/** What one turn has to ask, of whom, and what was asked before. */
class Round {
  readonly #work: Work;
  readonly #told: Told;
  readonly #recipients = new Map<string, ToAsk['to'] | undefined>();
  readonly #asks = new Map<number, ToAsk>();

  constructor(work: Work, told: Told) {
    this.#work = work;
    this.#told = told;
  }

  /** Undone and due once more, or moved to where it was: it stands in a message already, which is open again. */
  async ask(lead: LeadRow): Promise<void> {
    const work = this.#work;
    const to = await this.#recipient(lead);
    const told = to && this.#told.about(lead, to.userId);
    if (to && told?.length === 0) {
      const againAt = await againFrom(work, lead, to);
      this.#asks.set(lead.id, { lead, to, from: notBefore(to, work.now), isRepeat: false, againAt });
      return;
    }
    await updateLead(work.db, lead.id, { nudge_at: null, redraw_at: work.now });
    if (to && told) {
      const ids = told.map(({ id }) => id);
      await store.saveAgain(work, ids.slice(0, 1), await againFrom(work, lead, to));
    }
  }

  /** A second time as a direct message; whoever had one before is not sent another, but the standup shows it. */
  async askAgain(row: NudgeRow, lead: LeadRow | undefined): Promise<void> {
    const work = this.#work;
    const to = lead && (await this.#recipient(lead));
    const nudge = lead && nudgeFor(lead);
    const isWanted =
      lead && nudge && nudgeKey(nudge) === row.about && isNudgeWanted(lead, nudge, work.now) && to;
    if (isWanted && !this.#asks.has(lead.id)) {
      const hadDirect = this.#told.about(lead, to.userId).some(({ slot }) => slot.startsWith('bundle:'));
      if (!hadDirect) {
        const from = notBefore(to, work.now);
        this.#asks.set(lead.id, { lead, to, from, isRepeat: true, againAt: null, row });
        return;
      }
      await updateLead(work.db, lead.id, { ignored_at: work.now });
    }
    await store.saveAgain(work, [row.id], null);
  }

  /** Puts off what has to wait. @returns what is to be sent, each message apart */
  async deliveries(): Promise<{ nudges: readonly ToAsk[]; send: () => Promise<void> }[]> {
    const work = this.#work;
    const plan = planNudges([...this.#asks.values()], work.now);
    for (const nudge of plan.waits) await putOff(work, nudge.row ? { row: nudge.row } : nudge, nudge.from);
    return [
      ...plan.threads.map((nudge) => ({ nudges: [nudge], send: () => intoThread(work, nudge) })),
      ...plan.directs.map(({ userId, nudges }) => ({
        nudges,
        send: async () => {
          await asDirectMessage(work, userId, nudges);
          const asked = nudges.flatMap(({ row }) => (row ? [row.id] : []));
          await store.saveAgain(work, asked, null);
        },
      })),
    ];
  }

  /** One person's leads have one recipient; what can't be read of them fails for each of these leads alone. */
  async #recipient(lead: LeadRow): Promise<ToAsk['to'] | undefined> {
    const whose = `${lead.sales_team_id}:${lead.owner_id ?? ''}`;
    if (!this.#recipients.has(whose)) {
      const team = await teamById(this.#work, lead.sales_team_id);
      this.#recipients.set(whose, await recipientOf(this.#work, lead, team));
    }
    return this.#recipients.get(whose);
  }
}

/** Cards tell that an attempt is late, and that somebody was asked for it. */
export async function tickLateCards(work: Work): Promise<Found> {
  const leads = await store.leadsToRedraw(work, batch);
  if (leads.length === 0) return 'nothing';
  await store.saveRedrawn(work, leads);
  const open = leads.filter(({ state }) => state !== 'resolved');
  await refreshCards(
    work,
    open.map(({ id }) => id),
    { bulk: true },
  );
  return found(leads, batch);
}
