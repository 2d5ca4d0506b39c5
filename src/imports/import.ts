import { z } from 'zod';
import { recordAudit } from '../db/audit.ts';
import { Refusal } from '../errors.ts';
import { postDirect, postEphemeral } from '../outbox/enqueue.ts';
import { line } from '../slack/kit.ts';
import { note } from '../slack/note.ts';
import type { Playbook } from '../playbook/schema.ts';
import { teamById, teamOfChannel, teamsOfMarketingChannel } from '../team/store.ts';
import { refuseOutsider, type Team } from '../team/team.ts';
import type { Work } from '../work.ts';
import { columnUses, type ColumnUse } from './columns.ts';
import { importSlot, progressMessage } from './progress.ts';
import type { FileFormat, Recognised } from './recognise.ts';
import type { Mapping } from './row-draft.ts';
import {
  deletePreviews,
  earlierImport,
  type ImportRow,
  importById,
  insertImport,
  saveStart,
} from './store.ts';
import { type Survey, surveyOf } from './survey.ts';

/** Where somebody wants to import: the teams it may be for, and the lead channel the cards go to. */
export interface ImportPlace {
  teams: Team[];
  channelId?: string;
  /** Where they stand, and are told that it has begun. */
  openedIn: string;
}

/** @throws Refusal in other channels, and for somebody who is not in the lead channel's team */
export async function placeOfImport(work: Work, channelId: string, userId: string): Promise<ImportPlace> {
  const team = await teamOfChannel(work, channelId);
  if (team) {
    refuseOutsider(team, userId);
    return { teams: [team], channelId, openedIn: channelId };
  }
  const teams = await teamsOfMarketingChannel(work, channelId);
  if (teams.length > 0) return { teams, openedIn: channelId };
  throw new Refusal('Type `/leads import` in a lead channel or in the marketing channel of a team.');
}

/** What `lead_import.format` holds: how the file is read, and what is made of it. */
const plan = z.object({
  encoding: z.enum(['utf-8', 'utf-16le', 'utf-16be', 'windows-1252']),
  delimiter: z.string(),
  hasHeadings: z.boolean(),
  labels: z.array(z.string()),
  uses: z.array(z.enum(Object.keys(columnUses) as [ColumnUse, ...ColumnUse[]])),
  source: z.string(),
  /** The lead channel of the cards; none where it was opened in the marketing channel. */
  channelId: z.string().optional(),
  openedIn: z.string().optional(),
});

export type ImportPlan = z.infer<typeof plan>;

export function planOf({ format }: Pick<ImportRow, 'format'>): ImportPlan {
  return plan.parse(JSON.parse(format));
}

export function mappingOf({ labels, uses, source }: Pick<ImportPlan, 'labels' | 'uses' | 'source'>): Mapping {
  return { columns: labels.map((label, index) => ({ label, use: uses[index] ?? 'skip' })), source };
}

export interface Preview {
  id: number;
  fileName: string;
  format: FileFormat;
  rows: number;
  sample: string[][];
  uses: ColumnUse[];
  source: string;
  survey: Survey;
  team: Team;
  /** Who looks at it. */
  by: string;
  /** The team's last import of the same file. */
  earlier?: ImportRow;
}

export interface GivenFile {
  name: string;
  bytes: Buffer;
}

/** What would become of a file's rows as its columns were recognised. */
export function surveyFile(file: GivenFile, recognised: Recognised, playbook: Playbook): Promise<Survey> {
  const { format, guess } = recognised;
  const mapping = mappingOf({ labels: format.labels, uses: guess, source: sourceOf(file.name) });
  return surveyOf(file.bytes, recognised, mapping, playbook);
}

/** Keeps a recognised file until *Import* is clicked in its preview; it replaces one that this person left open. */
export async function keepPreview(
  work: Work,
  to: { salesTeamId: number; channelId?: string; openedIn: string; userId: string },
  file: GivenFile,
  { format, guess, rows, hash, sample }: Recognised,
  survey: Survey,
): Promise<Preview> {
  const { salesTeamId, channelId, openedIn, userId } = to;
  const source = sourceOf(file.name);
  const kept: ImportPlan = { ...format, uses: guess, source, channelId, openedIn };
  await deletePreviews(work, userId);
  const id = await insertImport(
    work,
    {
      sales_team_id: salesTeamId,
      user_id: userId,
      file_name: file.name,
      content_hash: hash,
      format: JSON.stringify(kept),
      rows,
    },
    file.bytes,
  );
  const earlier = await earlierImport(work, salesTeamId, hash);
  const team = await teamById(work, salesTeamId);
  const about = { id, fileName: file.name, format, rows, sample, uses: guess, source };
  return { ...about, survey, team, by: userId, earlier };
}

/**
 * Lets a previewed file be imported; the runner takes it from here, now or after a restart.
 * @throws Refusal when it is being imported already
 */
export async function startImport(
  work: Work,
  id: number,
  userId: string,
  chosen: { uses: ColumnUse[]; source: string },
): Promise<void> {
  const row = await importById(work, id);
  if (row.user_id !== userId) throw new Refusal('Somebody else has opened this file. Type `/leads import`.');
  const kept = planOf(row);
  const format: ImportPlan = { ...kept, uses: chosen.uses, source: chosen.source || kept.source };
  if (!(await saveStart(work, id, JSON.stringify(format)))) {
    throw new Refusal('This file is being imported already. You get a direct message about it.');
  }
  const detail = { importId: id, file: row.file_name, rows: row.rows, salesTeamId: row.sales_team_id };
  await recordAudit(work, { actor: userId, action: 'import.started', detail });
  await postDirect(work, progressMessage(id), userId, importSlot(id), importSlot(id));
  if (kept.openedIn !== undefined) {
    const text = `Importing *${line(row.file_name, 100)}*. I report in our direct messages.`;
    await postEphemeral(work, note.of({ text }), { channelId: kept.openedIn, userId });
  }
}

export function teamOfImport(work: Work, row: ImportRow): Promise<Team> {
  return teamById(work, row.sales_team_id);
}

/** `spring_fair-2026 (1).csv` came from `spring fair 2026`. */
export function sourceOf(fileName: string): string {
  const words = fileName
    .replace(/\.[a-z]{1,4}$/i, '')
    .replace(/\s*\(\d+\)$/, '')
    .replace(/[_\-\s]+/g, ' ')
    .trim();
  return words.slice(0, 120) || 'Imported file';
}
