import type { LeadRow } from '../db/schema.ts';
import { cardSlot, refreshCard } from '../lead/card-slot.ts';
import { type LadderKind, type LadderStep, saveLadder } from '../lead/ladder.ts';
import { insertLadderNews } from '../lead/ladder-news-slot.ts';
import { updateLead } from '../lead/store.ts';
import { post, postDirect } from '../outbox/enqueue.ts';
import { letGo } from '../routing/handover.ts';
import { routeLead } from '../routing/routing.ts';
import { user } from '../slack/kit.ts';
import { availabilityOf } from '../team/availability.ts';
import { deputyOf, hoursOf } from '../team/calendars.ts';
import { teamById } from '../team/store.ts';
import { isMember, type Team } from '../team/team.ts';
import { nudgeMessage } from '../nudge/messages.ts';
import { nudgeFor, nudgeSlot } from '../touch/nudge-slot.ts';
import type { Work } from '../work.ts';
import { waited } from './waited.ts';
import { type ClimberData, ladderReminder, ladderReport } from './messages.ts';
import { planLadder } from './plan.ts';
import { leadsOnLadder } from './store.ts';

const batch = 200;

/** Does what is due on the ladders, in one transaction of the caller's. @returns whether there may be more */
export async function tickLadders(work: Work): Promise<boolean> {
  const leads = await leadsOnLadder(work, batch);
  const round = new Round(work);
  for (const lead of leads) await round.climb(lead);
  await round.tell();
  return leads.length === batch;
}

type News = { team: Team; leads: ClimberData[] } & (
  { to: 'channel'; channelId: string } | { to: 'managers'; kind: LadderKind }
);

/** What one round has to say: to each channel, and to each manager about each kind of ladder, in one message. */
class Round {
  readonly #work: Work;
  readonly #teams = new Map<number, { team: Team; away: Map<string, string> }>();
  readonly #news = new Map<string, News>();

  constructor(work: Work) {
    this.#work = work;
  }

  async climb(lead: LeadRow): Promise<void> {
    const work = this.#work;
    const { team, away } = await this.#team(lead.sales_team_id);
    const playbook = await work.playbooks.version(work.db, lead.playbook_version);
    const absent = lead.owner_id === null ? undefined : absence(lead.owner_id, team, away, work.now);
    const plan = planLadder(lead, playbook, hoursOf(team, lead.owner_id), work.now, absent !== undefined);
    if (plan.do === 'wait') {
      await updateLead(work.db, lead.id, { ladder_at: plan.until });
      return;
    }
    const climbed = await updateLead(work.db, lead.id, { ladder_step: plan.behind });
    const after = await this.#take(plan.step, climbed, team, absent);
    // Given to somebody, or taken from them: another ladder has begun.
    if (after.ladder_from !== lead.ladder_from || after.state !== lead.state) return;
    if (plan.otherwise === undefined) {
      await saveLadder(work, after, team);
      return;
    }
    const further = await updateLead(work.db, lead.id, { ladder_step: plan.otherwise.behind });
    await saveLadder(work, await this.#take(plan.otherwise.step, further, team, absent), team);
  }

  async tell(): Promise<void> {
    for (const { team, leads, ...news } of this.#news.values()) {
      const salesTeamId = team.id;
      const work = this.#work;
      const key = `${leads[0]?.leadId ?? 0}:${work.now}`;
      if (news.to === 'channel') {
        const slot = `ladder:${news.channelId}:${key}`;
        await insertLadderNews(work, slot, { salesTeamId, kind: 'reminder', leads });
        await post(work, ladderReminder.of({ salesTeamId, leads }), { channelId: news.channelId, slot });
        continue;
      }
      const report = ladderReport.of({ salesTeamId, kind: news.kind, leads });
      for (const managerId of team.managers) {
        const slot = `ladder:${managerId}:${news.kind}:${key}`;
        await insertLadderNews(work, slot, { salesTeamId, kind: news.kind, leads });
        await postDirect(work, report, managerId, undefined, slot);
      }
    }
  }

  #plan(news: News, lead: LeadRow): void {
    const key = `${news.team.id}:${news.to === 'channel' ? news.channelId : news.kind}`;
    const known = this.#news.get(key) ?? news;
    known.leads.push({ leadId: lead.id, from: lead.ladder_from ?? 0 });
    this.#news.set(key, known);
  }

  async #take(step: LadderStep, lead: LeadRow, team: Team, absent: string | undefined): Promise<LeadRow> {
    const work = this.#work;
    switch (step) {
      case 'remind':
        this.#plan({ to: 'channel', team, channelId: lead.channel_id, leads: [] }, lead);
        return lead;
      case 'tellManager': {
        const kind = lead.owner_id === null ? 'unclaimed' : 'untouched';
        this.#plan({ to: 'managers', team, kind, leads: [] }, lead);
        return lead;
      }
      case 'assign': {
        const unclaimedFor = waited({ lead, now: work.now }, team);
        const routed = await routeLead(work, lead, team, { how: 'ladder', unclaimedFor });
        await refreshCard(work, lead.id);
        return routed;
      }
      case 'nudge': {
        const nudge = nudgeFor(lead);
        const slot = nudgeSlot(nudge);
        await post(work, nudgeMessage.of(nudge), {
          channelId: lead.channel_id,
          threadSlot: cardSlot(lead.id),
          slot,
          dedupeKey: `${slot}:ladder:${lead.ladder_from ?? 0}`,
        });
        await refreshCard(work, lead.id);
        return lead;
      }
      case 'reassign': {
        const owner = user(lead.owner_id ?? '');
        const reason =
          absent === undefined
            ? `Nobody has written or called yet, so ${owner} no longer has this lead.`
            : `Nobody has written or called yet and ${owner} ${absent}, so somebody else gets this lead.`;
        return letGo(work, lead, team, { action: 'lead.taken_back', reason });
      }
    }
  }

  async #team(id: number): Promise<{ team: Team; away: Map<string, string> }> {
    let known = this.#teams.get(id);
    if (!known) {
      const team = await teamById(this.#work, id);
      const away = new Map<string, string>();
      for (const [userId, availability] of await availabilityOf(this.#work, team))
        if (!availability.available) away.set(userId, availability.why);
      this.#teams.set(id, (known = { team, away }));
    }
    return known;
  }
}

/** Why an owner can't be expected to touch the lead, as a part of a sentence; undefined if they can. */
function absence(
  ownerId: string,
  team: Team,
  away: ReadonlyMap<string, string>,
  now: number,
): string | undefined {
  if (!isMember(team, ownerId)) return 'has left the roster';
  if (deputyOf(team, ownerId, now) !== undefined) return undefined;
  const why = away.get(ownerId);
  return why === undefined ? undefined : `is ${why}`;
}
