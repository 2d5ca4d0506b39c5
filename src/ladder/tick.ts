import type { Logger } from 'pino';
import { oneOfMany, retryMs } from '../db/savepoint.ts';
import type { LeadRow } from '../db/schema.ts';
import { refreshCard } from '../lead/card-slot.ts';
import { type LadderKind, ladderOf, type LadderStep, saveLadder } from '../lead/ladder.ts';
import { insertLadderNews } from '../lead/ladder-news-slot.ts';
import { updateLead } from '../lead/store.ts';
import { post, postDirect } from '../outbox/enqueue.ts';
import { letGo } from '../routing/handover.ts';
import { routeLead, whyNoTaker } from '../routing/routing.ts';
import { insertDecision } from '../routing/store.ts';
import { user } from '../slack/kit.ts';
import { availabilityOf } from '../team/availability.ts';
import { deputyOf, hoursOf } from '../team/calendars.ts';
import { teamById } from '../team/store.ts';
import { isMember, type Team } from '../team/team.ts';
import { type Found, found, type Work } from '../work.ts';
import { waited } from './waited.ts';
import { type ClimberData, ladderReminder, ladderReport } from './messages.ts';
import { type OwnersAbsence, planLadder } from './plan.ts';
import { leadsOnLadder } from './store.ts';

const batch = 200;

/** Does what is due on the ladders, in one transaction of the caller's. */
export async function tickLadders(work: Work, log: Logger): Promise<Found> {
  const leads = await leadsOnLadder(work, batch);
  const round = new Round(work);
  for (const lead of leads) {
    await oneOfMany(
      work.db,
      () => round.climb(lead),
      async (error) => {
        log.error({ err: error, lead: lead.id }, 'a step of a ladder failed; it is tried again in an hour');
        await updateLead(work.db, lead.id, { ladder_at: work.now + retryMs });
      },
    );
  }
  await round.tell();
  return found(leads, batch);
}

type News = { team: Team; leads: ClimberData[] } & (
  { to: 'channel'; channelId: string } | { to: 'managers'; kind: LadderKind }
);

/** What one round has to say: to each channel, and to each manager about each kind of ladder, in one message. */
class Round {
  readonly #work: Work;
  readonly #teams = new Map<number, { team: Team; absent: Map<string, Absent> }>();
  readonly #news = new Map<string, News>();

  constructor(work: Work) {
    this.#work = work;
  }

  async climb(lead: LeadRow): Promise<void> {
    const work = this.#work;
    const { team, absent } = await this.#team(lead.sales_team_id);
    const playbook = await work.playbooks.version(work.db, lead.playbook_version);
    const absence = lead.owner_id === null ? undefined : absenceOf(lead.owner_id, team, absent, work.now);
    const plan = planLadder(lead, playbook, hoursOf(team, lead.owner_id), work.now, absence);
    if (plan.do === 'wait') {
      await updateLead(work.db, lead.id, { ladder_at: plan.until });
      return;
    }
    const place = { ...lead, ladder_step: plan.behind, ladder_from: plan.from };
    const hours = hoursOf(team, lead.owner_id);
    const climbed = await updateLead(work.db, lead.id, ladderOf(place, playbook, hours, work.now));
    const after = await this.#take(plan.step, climbed, team, absence);
    // Given to somebody, or taken from them: another ladder has begun.
    if (after.ladder_from !== climbed.ladder_from || after.state !== climbed.state) return;
    await saveLadder(work, after, team);
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

  async #take(step: LadderStep, lead: LeadRow, team: Team, absence?: Absent): Promise<LeadRow> {
    const work = this.#work;
    switch (step) {
      case 'remind':
        this.#plan({ to: 'channel', team, channelId: lead.channel_id, leads: [] }, lead);
        await insertDecision(work, lead.id, ['Nobody had claimed it, so the channel was reminded.']);
        return lead;
      case 'tellManager': {
        const kind = lead.owner_id === null ? 'unclaimed' : 'untouched';
        this.#plan({ to: 'managers', team, kind, leads: [] }, lead);
        const why = kind === 'unclaimed' ? 'Nobody had it' : 'It was still untouched';
        await insertDecision(work, lead.id, [`${why}, so the managers were told.`]);
        return lead;
      }
      case 'assign': {
        const unclaimedFor = waited({ lead, now: work.now }, team);
        const routed = await routeLead(work, lead, team, { how: 'ladder', unclaimedFor });
        await refreshCard(work, lead.id);
        return routed;
      }
      // Asked for like any other attempt that is due, by the part of the tick that comes after this one.
      case 'nudge':
        await insertDecision(work, lead.id, [`No touch so far, so ${user(lead.owner_id ?? '')} was nudged.`]);
        return updateLead(work.db, lead.id, { nudge_at: work.now });
      case 'reassign': {
        const owner = user(lead.owner_id ?? '');
        if (!absence) {
          const whyNot = await whyNoTaker(work, lead, team);
          if (whyNot !== null) {
            const stays = `so it stays with ${owner}, and the managers were told`;
            this.#plan({ to: 'managers', team, kind: 'untouched', leads: [] }, lead);
            await insertDecision(work, lead.id, [
              `Nobody has written or called yet.`,
              `Nobody else can take it: ${whyNot}, ${stays}.`,
            ]);
            return lead;
          }
          const story = `Nobody has written or called yet, so ${owner} no longer has this lead.`;
          return letGo(work, lead, team, { action: 'lead.taken_back', story });
        }
        const story = `Nobody has written or called yet and ${owner} ${absence.why}, so somebody else gets this lead.`;
        return letGo(work, lead, team, { action: 'lead.passed_on', by: 'app', story });
      }
    }
  }

  async #team(id: number): Promise<{ team: Team; absent: Map<string, Absent> }> {
    let known = this.#teams.get(id);
    if (!known) {
      const team = await teamById(this.#work, id);
      const absent = new Map<string, Absent>();
      for (const [userId, now] of await availabilityOf(this.#work, team)) {
        if (now.available) continue;
        absent.set(userId, { why: `is ${now.why}`, until: now.until ?? Infinity, isAway: !now.isDayOff });
      }
      this.#teams.set(id, (known = { team, absent }));
    }
    return known;
  }
}

/** `why` is a part of a sentence: "is away until Friday". */
type Absent = OwnersAbsence & { why: string };

/** Why an owner can't be expected to touch the lead; undefined if they can, or a deputy can. */
function absenceOf(
  ownerId: string,
  team: Team,
  absent: ReadonlyMap<string, Absent>,
  now: number,
): Absent | undefined {
  if (!isMember(team, ownerId)) return { why: 'has left the roster', until: Infinity, isAway: true };
  return deputyOf(team, ownerId, now) === undefined ? absent.get(ownerId) : undefined;
}
