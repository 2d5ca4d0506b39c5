import { DAY } from '../calendar/civil.ts';
import { recordAudit } from '../db/audit.ts';
import { Refusal } from '../errors.ts';
import { user } from '../slack/kit.ts';
import { teamById } from '../team/store.ts';
import { isManager, type Team } from '../team/team.ts';
import type { Work } from '../work.ts';
import { kindOf, type SourceKind } from './kinds.ts';
import type { Mapping } from './mapping.ts';
import { hashToken, newSecret, type Secrets, UnreadableSecret } from './secrets.ts';
import {
  insertSource,
  removeSource,
  replaceSecret,
  saveMapping,
  type Source,
  sourceAt,
  sourceById,
  sourcesOf,
} from './store.ts';

/** How long the old secret stays good after a rotation, so that nobody has to hurry. */
const rotationGrace = DAY;
/** More would not fit into the list, and nobody could tell them apart. */
const mostSources = 30;

/** What a manager is shown once: nothing keeps it readable. Null where the service makes the secret. */
export interface SourceWithSecret {
  source: Source;
  secret: string | null;
}

/** @throws Refusal for everybody but the team's managers */
export async function teamManagedBy(work: Work, salesTeamId: number, userId: string): Promise<Team> {
  const team = await teamById(work, salesTeamId);
  if (isManager(team, userId)) return team;
  throw new Refusal(
    `Only the team's managers can change its sources: ${team.managers.map(user).join(', ')}.`,
  );
}

/** @throws Refusal when it is removed, or the person manages another team */
export async function sourceManagedBy(work: Work, sourceId: number, userId: string): Promise<Source> {
  const source = await sourceById(work, sourceId);
  if (!source) throw new Refusal('This source was removed. Open *Sources…* again to see the others.');
  await teamManagedBy(work, source.salesTeamId, userId);
  return source;
}

/**
 * Makes an address for a service to send leads to.
 * @param pasted the service's own secret, empty to have one made
 * @throws Refusal for others than managers, when there are too many, or without a key to encrypt the secret with
 */
export async function createSource(
  work: Work,
  secrets: Secrets,
  input: { salesTeamId: number; userId: string; name: string; kind: SourceKind; pasted: string },
): Promise<SourceWithSecret> {
  const { salesTeamId, userId, name, kind, pasted } = input;
  await teamManagedBy(work, salesTeamId, userId);
  if ((await sourcesOf(work, salesTeamId)).length >= mostSources) {
    throw new Refusal(`There are ${mostSources} sources already. Remove one that is no longer used.`);
  }
  const slug = await freeSlug(work, salesTeamId, name, kind);
  const secret = pasted || newSecret(kind);
  const stored = storedSecret(secrets, { kind, salesTeamId, slug }, secret);
  const source = await insertSource(work, { salesTeamId, slug, kind, name, secret: stored, by: userId });
  await audit(work, userId, 'source.created', source);
  return { source, secret: pasted !== '' || kindOf(kind).secret === 'theirs' ? null : secret };
}

/** Gives a source a new secret; the old one stays good for a day. @throws Refusal */
export async function rotateSecret(
  work: Work,
  secrets: Secrets,
  input: { sourceId: number; userId: string; pasted: string },
): Promise<SourceWithSecret> {
  const { sourceId, userId, pasted } = input;
  const source = await sourceManagedBy(work, sourceId, userId);
  const secret = pasted || newSecret(source.kind);
  await replaceSecret(work, sourceId, storedSecret(secrets, source, secret), work.now + rotationGrace);
  await audit(work, userId, 'source.rotated', source);
  return { source, secret: pasted === '' ? secret : null };
}

/** @throws Refusal */
export async function changeMapping(
  work: Work,
  input: { sourceId: number; userId: string; mapping: Mapping },
): Promise<Source> {
  const source = await sourceManagedBy(work, input.sourceId, input.userId);
  await saveMapping(work, source.id, input.mapping);
  await audit(work, input.userId, 'source.mapped', source, { mapping: input.mapping });
  return { ...source, mapping: input.mapping };
}

/** Closes its address. @throws Refusal */
export async function closeSource(work: Work, sourceId: number, userId: string): Promise<Source> {
  const source = await sourceManagedBy(work, sourceId, userId);
  await removeSource(work, sourceId);
  await audit(work, userId, 'source.removed', source);
  return source;
}

/**
 * The secrets a request may be signed with now. For bearer tokens these are their hashes.
 * @throws UnreadableSecret when the key from the environment is not the one the newest was encrypted with
 */
export function goodSecrets(secrets: Secrets, source: Source, now: number): string[] {
  const { kind, secret, previousSecret, previousUntil } = source;
  const open = (stored: string): string =>
    kind === 'token' ? stored : secrets.open(stored, placeOf(source));
  const good = [open(secret)];
  if (previousSecret === null || now >= (previousUntil ?? 0)) return good;
  try {
    good.push(open(previousSecret));
  } catch (error) {
    // A new secret is how a source works again after the key was lost; the old one then stays unreadable.
    if (!(error instanceof UnreadableSecret)) throw error;
  }
  return good;
}

/** The sentence for a pasted secret that can't be one; null when it can. */
export function secretMistake(kind: SourceKind, pasted: string): string | null {
  const { secret, label } = kindOf(kind);
  if (pasted === '') return null;
  if (secret === 'ours') return `I make the token for “${label}”. Leave this empty.`;
  if (/\s/.test(pasted)) return 'A secret has no spaces. Copy it again.';
  if (kind !== 'json') return pasted.length < 16 ? 'Too short to be safe: use at least 16 characters.' : null;
  const key = /^whsec_([A-Za-z0-9+/]+={0,2})$/.exec(pasted)?.[1];
  return key === undefined || Buffer.from(key, 'base64').length < 24
    ? 'A Standard Webhooks secret is `whsec_` and at least 24 bytes in base64. Copy it again, with `whsec_`.'.replaceAll(
        '`',
        '',
      )
    : null;
}

function storedSecret(
  secrets: Secrets,
  source: Pick<Source, 'kind' | 'salesTeamId' | 'slug'>,
  secret: string,
): string {
  return source.kind === 'token' ? hashToken(secret) : secrets.seal(secret, placeOf(source));
}

function placeOf({ salesTeamId, slug }: Pick<Source, 'salesTeamId' | 'slug'>): string {
  return `webhook_source/${salesTeamId}/${slug}`;
}

/** `Website form` is `website-form`; taken ones get a number. */
async function freeSlug(work: Work, salesTeamId: number, name: string, kind: SourceKind): Promise<string> {
  const plain = name
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, 40)
    .replace(/^-+|-+$/g, '');
  const base = plain || kind;
  for (let number = 1; ; number += 1) {
    const slug = number === 1 ? base : `${base}-${number}`;
    if (!(await sourceAt(work, salesTeamId, slug))) return slug;
  }
}

async function audit(
  work: Work,
  actor: string,
  action: string,
  { id, salesTeamId, kind, slug, name }: Source,
  more: object = {},
): Promise<void> {
  const detail = { sourceId: id, salesTeamId, kind, slug, name, ...more };
  await recordAudit(work, { actor, action, detail });
}
