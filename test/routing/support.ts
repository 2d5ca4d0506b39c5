import { openDatabase } from '../../src/db/open.ts';
import type { Db, LeadRow, RoutingMode } from '../../src/db/schema.ts';
import { admit, type Arrival } from '../../src/intake/admit.ts';
import { draftOf, type LeadDraft } from '../../src/intake/draft.ts';
import { Playbooks } from '../../src/playbook/playbooks.ts';
import { saveRep } from '../../src/team/people/store.ts';
import { saveTeam } from '../../src/team/store.ts';
import type { Team } from '../../src/team/team.ts';
import type { Work } from '../../src/work.ts';
import { someTime } from '../support/rows.ts';

/** A team in a database of its own, without Slack. */
export class Desk {
  work: Work;
  readonly team: Team;
  #keys = 0;

  constructor(work: Work, team: Team) {
    this.work = work;
    this.team = team;
  }

  async arrive(parts: Partial<LeadDraft> = {}, more: Partial<Arrival> = {}): Promise<LeadRow> {
    const number = (this.#keys += 1);
    const draft = draftOf({
      name: `Person ${number}`,
      email: `person@company${number}.example`,
      account: `Company ${number}`,
      source: 'Demo request',
      ...parts,
    });
    const key = `webhook:1:${number}`;
    const admitted = await admit(this.work, { team: this.team, way: 'webhook', key, draft, ...more });
    if (admitted.outcome !== 'lead') throw new Error(`It became a ${admitted.outcome}.`);
    return admitted.lead;
  }

  leads(): Promise<LeadRow[]> {
    return this.work.db.selectFrom('lead').selectAll().orderBy('id').execute();
  }

  async rep(userId: string, values: Parameters<typeof saveRep>[3]): Promise<void> {
    await saveRep(this.work, this.team.id, userId, values);
  }

  /** How many leads each rep has. */
  async shares(): Promise<Record<string, number>> {
    const shares: Record<string, number> = {};
    for (const { owner_id: owner } of await this.leads())
      shares[owner ?? 'nobody'] = (shares[owner ?? 'nobody'] ?? 0) + 1;
    return shares;
  }
}

export async function openDesk(
  mode: RoutingMode,
  reps: string[],
  observe?: (db: Db) => Db,
  playbookPath = 'data/playbook.yml',
): Promise<Desk> {
  const workspace = { teamId: 'T0ACME', botUserId: 'U0SIXTH', url: 'https://acme-sales.slack.com/' };
  const opened = openDatabase(':memory:');
  const db = observe ? observe(opened) : opened;
  const playbooks = new Playbooks(playbookPath, workspace.teamId);
  await playbooks.load(db, someTime);
  const work = { db, now: someTime, playbooks, workspace };
  const settings = {
    name: 'Inbound',
    mode,
    zone: 'Europe/Berlin',
    workingDays: [1, 2, 3, 4, 5],
    dayStart: '09:00',
    dayEnd: '17:00',
    marketingChannelId: 'C0MARKETING',
    reps,
    managers: ['U0MONA'],
  };
  return new Desk(work, await saveTeam(work, 'C0LEADS', settings, someTime));
}
