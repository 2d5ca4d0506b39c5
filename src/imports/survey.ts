import { setImmediate } from 'node:timers/promises';
import { normaliseEmail } from '../intake/account.ts';
import type { LeadDraft } from '../intake/draft.ts';
import { gateReasons, isList } from '../intake/gate.ts';
import { type Rank, rankOf } from '../intake/rank.ts';
import type { Playbook } from '../playbook/schema.ts';
import type { FileFormat } from './recognise.ts';
import { readRows } from './read-rows.ts';
import { type Mapping, readRow } from './row-draft.ts';

/** Leads of a file that have the same fate. */
export interface Fate {
  rank: string;
  reason: string;
  /** Null where they don't all come from the same. */
  source: string | null;
  held: boolean;
  leads: number;
}

/** What would become of a file's rows, as far as the file and the playbook say. */
export interface Survey {
  /** Whether there are so many that all of them are held. */
  isList: boolean;
  twice: number;
  unreachable: number;
  /** Can't be read for another reason, which comes back with the row. */
  broken: number;
  fates: Fate[];
}

const rowsInTurn = 100;
const mostRanks = 1000;

/** Reads every row, as the import will; others have their turn meanwhile. Who is a lead already is not looked up. */
export async function surveyOf(
  bytes: Buffer,
  { format, rows }: { format: FileFormat; rows: number },
  mapping: Mapping,
  playbook: Playbook,
): Promise<Survey> {
  const listOf = isList(rows, playbook) ? rows : undefined;
  const found = { isList: listOf !== undefined, twice: 0, unreachable: 0, broken: 0 };
  const fates = new Map<string, Fate>();
  const people = new Set<string>();
  const rank = ranker(playbook);
  let place = format.hasHeadings ? -1 : 0;
  for await (const cells of readRows(bytes, format)) {
    if ((place += 1) === 0) continue;
    if (place % rowsInTurn === 0) await setImmediate();
    const reading = readRow(cells, mapping);
    if ('reason' in reading) {
      found[reading.isUnreachable ? 'unreachable' : 'broken'] += 1;
      continue;
    }
    const { draft } = reading;
    const person = draft.email === null ? (draft.phone ?? '') : normaliseEmail(draft.email);
    if (people.has(person)) found.twice += 1;
    else {
      people.add(person);
      const ranked = rank(draft);
      addTo(fates, ranked, draft, gateReasons(draft, ranked.rank, playbook, listOf).length > 0);
    }
  }
  return { ...found, fates: [...fates.values()] };
}

function addTo(fates: Map<string, Fate>, { rank, reason }: Rank, { source }: LeadDraft, held: boolean): void {
  const key = `${rank}:${held}:${reason}`;
  const fate = fates.get(key) ?? { rank, reason, source, held, leads: 0 };
  fates.set(key, { ...fate, leads: fate.leads + 1, source: fate.source === source ? source : null });
}

/** Most rows of a file come from the same place: the rules are asked once for each. */
function ranker(playbook: Playbook): (draft: LeadDraft) => Rank {
  const known = new Map<string, Rank>();
  return ({ source, form, page, campaign, message }) => {
    const key = JSON.stringify([source, form, page, campaign, message]);
    const before = known.get(key);
    if (before) return before;
    const origin = { source: source ?? '', form, page, campaign, message, way: 'import' as const };
    const ranked = rankOf(origin, playbook);
    if (known.size < mostRanks) known.set(key, ranked);
    return ranked;
  };
}
