import { sql } from 'kysely';
import type { LeadRow, TouchKind } from '../../../src/db/schema.ts';
import { Refusal } from '../../../src/errors.ts';
import { flagLead } from '../../../src/feedback/feedback.ts';
import { claimLead } from '../../../src/routing/claim.ts';
import { logTouch, undoTouch } from '../../../src/touch/touch.ts';
import type { Work } from '../../../src/work.ts';
import { finishLead, planNextStep, putOff } from './clicks.ts';
import type { Office } from './office.ts';
import type { Rep } from './people.ts';

const outreach: readonly TouchKind[] = ['no_answer', 'voicemail', 'email', 'linkedin', 'email', 'no_answer'];
/** How likely an attempt is answered: most answers come on the third or fourth. */
const replies = [0, 0.04, 0.05, 0.12, 0.11, 0.05, 0.05];
const judgements = ['too_small', 'wrong_persona', 'no_budget', 'not_interested'];

/** What the company's reps do, by chance, the same for the same seed. */
export class Behaviour {
  readonly #office: Office;
  readonly #random: () => number;
  /** Leads that will have answered by then. */
  readonly #answers = new Map<number, number>();
  readonly done = {
    claims: 0,
    touches: 0,
    replies: 0,
    snoozes: 0,
    undone: 0,
    flags: 0,
    steps: 0,
    closed: 0,
    refused: 0,
  };

  constructor(office: Office, random: () => number) {
    this.#office = office;
    this.#random = random;
  }

  /** A rep looks at what is there and does some of it. @param for the rep, and those they are deputy of */
  async session(rep: Rep, lookAfter: readonly string[]): Promise<void> {
    for (const lead of await this.#onOffer(2)) {
      if (this.#chance(0.4)) await this.#try('claims', (work) => claimLead(work, lead.id, rep.userId));
    }
    for (const lead of await this.#dueOf(lookAfter, 8)) {
      if (this.#chance(rep.diligence)) await this.#work(rep, lead);
    }
  }

  async #work(rep: Rep, lead: LeadRow): Promise<void> {
    const { id } = lead;
    const { userId } = rep;
    if ((this.#answers.get(id) ?? Infinity) <= this.#office.now) {
      this.#answers.delete(id);
      await this.#try('replies', (work) => logTouch(work, id, userId, 'replied'));
      return;
    }
    if (lead.replied_at !== null) return this.#afterReply(rep, lead);
    if (lead.next_attempt_at === null) {
      await this.#try('closed', (work) => finishLead(work, lead, userId, 'unresponsive', this.#random()));
      return;
    }
    const isNudged = lead.nudge_at === null && lead.attempts > 0;
    if (lead.attempts >= rep.patience && !(isNudged && this.#chance(0.4))) return;
    if (isNudged && this.#chance(0.05)) {
      await this.#try('snoozes', (work) => putOff(work, lead, userId, this.#chance(0.5) ? '1h' : 'tomorrow'));
      return;
    }
    if (lead.attempts >= 1 && this.#chance(0.04)) {
      const reason = judgements[Math.floor(this.#random() * judgements.length)] ?? 'too_small';
      await this.#try('flags', (work) => flagLead(work, id, userId, reason));
    }
    const kind = outreach[Math.floor(this.#random() * outreach.length)] ?? 'email';
    const logged = await this.#try('touches', (work) => logTouch(work, id, userId, kind));
    if (!logged) return;
    if (this.#chance(0.02)) {
      await this.#try('undone', (work) => undoTouch(work, logged.touch.id, userId));
    } else if (this.#chance(replies[Math.min(logged.touch.attempt, 6)] ?? 0)) {
      this.#answers.set(id, this.#office.now + this.#random() * 2 * 86_400_000);
    }
  }

  async #afterReply(rep: Rep, lead: LeadRow): Promise<void> {
    const { userId } = rep;
    const what = this.#random();
    if (what < 0.3) {
      const inDays = 1 + Math.floor(this.#random() * 12);
      await this.#try('steps', (work) => planNextStep(work, lead, userId, inDays));
    } else if (what < 0.5) {
      await this.#try('touches', (work) => logTouch(work, lead.id, userId, 'email'));
    } else {
      const how = what < 0.75 ? 'qualified' : what < 0.9 ? 'nurture' : 'disqualified';
      await this.#try('closed', (work) => finishLead(work, lead, userId, how, this.#random()));
    }
  }

  /** A refusal is an answer too: the rep goes on with the next lead. */
  async #try<T>(what: keyof Behaviour['done'], action: (work: Work) => Promise<T>): Promise<T | undefined> {
    try {
      const result = await this.#office.act(action);
      this.done[what] += 1;
      return result;
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      this.done.refused += 1;
      return undefined;
    }
  }

  #chance(likely: number): boolean {
    return this.#random() < likely;
  }

  #onOffer(limit: number): Promise<LeadRow[]> {
    return this.#office.db
      .selectFrom('lead')
      .selectAll()
      .where('sales_team_id', '=', 1)
      .where('owner_id', 'is', null)
      .where(sql<boolean>`state NOT IN ('held', 'resolved')`)
      .orderBy(sql`+id`)
      .limit(limit)
      .execute();
  }

  /** As the queue has them: replies, what is late, what is to be closed. */
  #dueOf(userIds: readonly string[], limit: number): Promise<LeadRow[]> {
    const { db, now } = this.#office;
    return db
      .selectFrom('lead')
      .selectAll()
      .where('sales_team_id', '=', 1)
      .where('owner_id', 'in', userIds)
      .where(sql<boolean>`state NOT IN ('held', 'resolved')`)
      .where((eb) =>
        eb.or([
          eb('next_attempt_at', '<=', now),
          eb('next_attempt_at', 'is', null),
          eb('replied_at', 'is not', null),
        ]),
      )
      .orderBy('next_attempt_at')
      .limit(limit)
      .execute();
  }
}
