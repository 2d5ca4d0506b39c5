import { sql } from 'kysely';
import { DAY } from '../calendar/civil.ts';
import type { Db, SalesTeamRow } from '../db/schema.ts';
import type { Work } from '../work.ts';
import { calendarsKey } from './calendars.ts';
import { publicHolidays, yearOf } from './holidays.ts';
import { absencesSince, repRows } from './people/store.ts';
import { type RoutingOptions, type Team, teamOf, type TeamSettings } from './team.ts';

/** The team whose leads arrive in this channel. */
export async function teamOfChannel(work: Work, channelId: string): Promise<Team | undefined> {
  const row = await work.db
    .selectFrom('lead_channel')
    .innerJoin('sales_team', 'sales_team.id', 'lead_channel.sales_team_id')
    .selectAll('sales_team')
    .where('lead_channel.team_id', '=', work.workspace.teamId)
    .where('lead_channel.channel_id', '=', channelId)
    .executeTakeFirst();
  return row && load(work, row);
}

/** @throws when there is no such team; ids come from leads, which name an existing one. */
export async function teamById(work: Work, id: number): Promise<Team> {
  const row = await work.db
    .selectFrom('sales_team')
    .selectAll()
    .where('team_id', '=', work.workspace.teamId)
    .where('id', '=', id)
    .executeTakeFirstOrThrow();
  return load(work, row);
}

/** Teams that this person is a rep or a manager of, in the order they were set up. */
export async function teamsOfMember(work: Work, userId: string): Promise<Team[]> {
  const rows = await work.db
    .selectFrom('sales_team')
    .selectAll()
    .where('team_id', '=', work.workspace.teamId)
    .where('id', 'in', (query) =>
      query
        .selectFrom('member')
        .select('sales_team_id')
        .where('team_id', '=', work.workspace.teamId)
        .where('user_id', '=', userId),
    )
    .orderBy('id')
    .execute();
  return loadAll(work, rows);
}

export async function allTeams(work: Work): Promise<Team[]> {
  const rows = await work.db
    .selectFrom('sales_team')
    .selectAll()
    .where('team_id', '=', work.workspace.teamId)
    .orderBy('id')
    .execute();
  return loadAll(work, rows);
}

/** Teams that report to this marketing channel. */
export async function teamsOfMarketingChannel(work: Work, channelId: string): Promise<Team[]> {
  return (await allTeams(work)).filter((team) => team.marketingChannelId === channelId);
}

export async function teamsWithDigestDue(work: Work): Promise<Team[]> {
  const rows = await work.db
    .selectFrom('sales_team')
    .selectAll()
    .where('next_digest_at', '<=', work.now)
    .where('team_id', '=', work.workspace.teamId)
    .execute();
  return loadAll(work, rows);
}

/** The lead channels of a team, in the order they were added. */
export async function channelsOf(db: Db, teamId: string, salesTeamId: number): Promise<string[]> {
  const rows = await db
    .selectFrom('lead_channel')
    .select('channel_id')
    .where('team_id', '=', teamId)
    .where('sales_team_id', '=', salesTeamId)
    .execute();
  return rows.map((row) => row.channel_id);
}

/** Creates the channel's team or changes the one it has; the roster is replaced as a whole. */
export async function saveTeam(
  work: Work,
  channelId: string,
  settings: TeamSettings,
  nextDigestAt: number,
): Promise<Team> {
  const { db, now } = work;
  const teamId = work.workspace.teamId;
  const existing = await teamOfChannel(work, channelId);
  const values = {
    name: settings.name,
    mode: settings.mode,
    zone: settings.zone,
    working_days: JSON.stringify(settings.workingDays),
    day_start: settings.dayStart,
    day_end: settings.dayEnd,
    region: settings.region ?? null,
    marketing_channel_id: settings.marketingChannelId,
    next_digest_at: nextDigestAt,
    updated_at: now,
  };
  let salesTeamId = existing?.id;
  if (salesTeamId === undefined) {
    const row = await db
      .insertInto('sales_team')
      .values({ ...values, team_id: teamId, created_at: now })
      .returning('id')
      .executeTakeFirstOrThrow();
    salesTeamId = row.id;
    await db
      .insertInto('lead_channel')
      .values({ team_id: teamId, channel_id: channelId, sales_team_id: salesTeamId })
      .execute();
  } else {
    await db
      .updateTable('sales_team')
      // Two changes in one millisecond are two changes: `load` tells them apart by this.
      .set({ ...values, updated_at: sql`max(updated_at + 1, ${now})` })
      .where('id', '=', salesTeamId)
      .execute();
    await db.deleteFrom('member').where('sales_team_id', '=', salesTeamId).execute();
  }
  const memberId = salesTeamId;
  const member = (role: 'rep' | 'manager') => (userId: string, position: number) => ({
    team_id: teamId,
    sales_team_id: memberId,
    user_id: userId,
    role,
    position,
  });
  await db
    .insertInto('member')
    .values([...settings.reps.map(member('rep')), ...settings.managers.map(member('manager'))])
    .execute();
  return teamById(work, salesTeamId);
}

/** @returns the team as it is from now on */
export async function saveRoutingOptions(
  work: Work,
  salesTeamId: number,
  options: RoutingOptions,
): Promise<Team> {
  await work.db
    .updateTable('sales_team')
    .set({
      rank_modes: JSON.stringify(options.rankModes),
      same_account_first: options.sameAccountFirst ? 1 : 0,
      blind_claim: options.blindClaim ? 1 : 0,
      updated_at: sql`max(updated_at + 1, ${work.now})`,
    })
    .where('id', '=', salesTeamId)
    .where('team_id', '=', work.workspace.teamId)
    .execute();
  return teamById(work, salesTeamId);
}

export async function saveNextDigest(db: Db, salesTeamId: number, at: number): Promise<void> {
  await db.updateTable('sales_team').set({ next_digest_at: at }).where('id', '=', salesTeamId).execute();
}

/** When the team's next digest is due; in the past if it is due already. */
export async function nextDigest(db: Db, salesTeamId: number): Promise<number> {
  const row = await db
    .selectFrom('sales_team')
    .select('next_digest_at')
    .where('id', '=', salesTeamId)
    .executeTakeFirstOrThrow();
  return row.next_digest_at;
}

/** A team whose leads' due dates have to be counted anew, from the lead after `after` on. */
export interface Reschedule {
  team: Team;
  after: number;
  /** The calendars that they are counted with. */
  key: string;
}

export async function teamsToReschedule(work: Work): Promise<Reschedule[]> {
  const rows = await work.db
    .selectFrom('sales_team')
    .selectAll()
    .where('team_id', '=', work.workspace.teamId)
    .orderBy('id')
    .execute();
  const found: Reschedule[] = [];
  for (const row of rows) {
    const team = await load(work, row);
    const key = calendarsKey(team);
    const isNew = row.scheduled_with !== key;
    if (isNew || row.reschedule_after !== null)
      found.push({ team, key, after: isNew ? 0 : (row.reschedule_after ?? 0) });
  }
  return found;
}

/** How far a team's leads are counted anew; `after` is null when all are. */
export async function saveReschedule(
  db: Db,
  salesTeamId: number,
  { key, after }: { key: string; after: number | null },
): Promise<void> {
  await db
    .updateTable('sales_team')
    .set({ scheduled_with: key, reschedule_after: after })
    .where('id', '=', salesTeamId)
    .execute();
}

/** The tick counts the team's due dates anew. */
export async function markForReschedule(db: Db, salesTeamId: number): Promise<void> {
  await db.updateTable('sales_team').set({ reschedule_after: 0 }).where('id', '=', salesTeamId).execute();
}

interface Loaded {
  changedAt: number;
  holidays: readonly string[];
  /** A calendar knows a region's holidays for some years only. */
  year: number;
  team: Team;
}

/** Attempts are counted backwards, and hardly any lead stays open for longer. */
const rememberedAbsence = 400 * DAY;

/** Rosters and calendars change rarely and are needed for every click. Per app, because ids are per database. */
const loaded = new WeakMap<Work['playbooks'], Map<number, Loaded>>();

async function load(work: Work, row: SalesTeamRow): Promise<Team> {
  const { holidays } = work.playbooks.current.playbook.working;
  let teams = loaded.get(work.playbooks);
  if (!teams) loaded.set(work.playbooks, (teams = new Map<number, Loaded>()));
  const known = teams.get(row.id);
  const year = yearOf(work.now);
  const isFresh = known?.changedAt === row.updated_at && known.holidays === holidays && known.year === year;
  if (isFresh) return known.team;
  const members = await work.db
    .selectFrom('member')
    .select(['user_id', 'role'])
    .where('sales_team_id', '=', row.id)
    .orderBy('position')
    .execute();
  const people = [...new Set(members.map((member) => member.user_id))];
  const team = teamOf(row, {
    members,
    reps: await repRows(work, row.id),
    absences: await absencesSince(work, people, work.now - rememberedAbsence),
    holidaysOf: (region) => [...holidays, ...publicHolidays(region, work.now)],
  });
  // What was changed a moment ago may have been changed by this very transaction, and that may fail.
  if (row.updated_at < work.now) teams.set(row.id, { changedAt: row.updated_at, holidays, year, team });
  return team;
}

async function loadAll(work: Work, rows: readonly SalesTeamRow[]): Promise<Team[]> {
  const teams: Team[] = [];
  for (const row of rows) teams.push(await load(work, row));
  return teams;
}
