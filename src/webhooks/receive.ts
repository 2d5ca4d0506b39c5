import { createHash } from 'node:crypto';
import type { Logger } from 'pino';
import { isDatabaseFailure } from '../db/failure.ts';
import { inSavepoint } from '../db/savepoint.ts';
import { admit } from '../intake/admit.ts';
import { isReachable } from '../intake/draft.ts';
import { isKnownArrival, saveArrival } from '../intake/store.ts';
import { teamById } from '../team/store.ts';
import type { Work } from '../work.ts';
import { parseBody } from './json-body.ts';
import type { RateLimit } from './rate-limit.ts';
import { readPayload } from './readers.ts';
import type { Reading } from './reading.ts';
import type { Secrets } from './secrets.ts';
import { refusalOf, type SignedRequest } from './signature.ts';
import { goodSecrets } from './sources.ts';
import { markReceived, markRefused, type Source, sourceAt } from './store.ts';
import { tellManagers } from './tell-managers.ts';

export interface WebhookRequest extends SignedRequest {
  /** The two last parts of the address. */
  salesTeamId: number;
  slug: string;
}

export interface WebhookAnswer {
  status: number;
  body: { ok: boolean; [more: string]: unknown };
  /** Seconds. */
  retryAfter?: number;
}

export interface ReceiveOptions {
  secrets: Secrets;
  limit: RateLimit;
  log: Logger;
}

/** A flood of bad requests is not written down oftener, in milliseconds. */
const betweenRefusals = 10_000;

/**
 * Takes in one request, in the transaction of `work`: when the answer is 2xx, what it brought is stored. Nothing is
 * stored of a request that is refused, only with its source when that was and why.
 * @throws UnreadableSecret, and what the database throws: both are our fault, and the sender should try again
 */
export async function receiveWebhook(
  work: Work,
  request: WebhookRequest,
  { secrets, limit, log }: ReceiveOptions,
): Promise<WebhookAnswer> {
  const source = await sourceAt(work, request.salesTeamId, request.slug);
  if (!source)
    return no(404, 'There is no source at this address. Copy it again from /leads setup, Sources.');
  const refuse = async (status: number, why: string): Promise<WebhookAnswer> => {
    log.info({ sourceId: source.id, status, why }, 'a webhook was refused');
    const { lastRefused } = source;
    if (lastRefused === null || work.now - lastRefused.at >= betweenRefusals) {
      await markRefused(work, source.id, why);
    }
    return no(status, why);
  };
  const unsigned = refusalOf(source.kind, request, goodSecrets(secrets, source, work.now), work.now);
  if (unsigned !== null) return refuse(401, unsigned);
  const early = limit.take(source.id, work.now);
  if (early > 0) {
    return {
      ...(await refuse(429, 'Too many requests at once. Send it again later.')),
      retryAfter: Math.ceil(early / 1000),
    };
  }
  const parsed = parseBody(request.body);
  if (!parsed.ok) return refuse(400, parsed.why);
  const reading = readPayload(source, parsed.payload);
  if (reading.kind === 'unknown') return refuse(422, reading.why);
  const key = `webhook:${source.id}:${shortened(eventOf(source, request, reading))}`;
  if (await isKnownArrival(work, key)) return { status: 200, body: { ok: true, repeat: true } };
  await markReceived(work, source.id);
  return take(work, source, reading, key, log);
}

async function take(
  work: Work,
  source: Source,
  reading: Exclude<Reading, { kind: 'unknown' }>,
  key: string,
  log: Logger,
): Promise<WebhookAnswer> {
  if (reading.kind === 'ignored') {
    await saveArrival(work, key, 'ignored');
    return { status: 200, body: { ok: true, ignored: reading.why } };
  }
  const { draft } = reading;
  const team = await teamById(work, source.salesTeamId);
  if (!isReachable(draft)) {
    await saveArrival(work, key, 'not_lead');
    await tellManagers(work, team, source, { draft, key, because: 'unreachable' });
    return accepted('There is neither a mail address nor a phone number in it. The managers were told.');
  }
  try {
    await inSavepoint(work.db, (db) => admit({ ...work, db }, { team, way: 'webhook', key, draft }));
  } catch (error) {
    if (isDatabaseFailure(error)) throw error;
    log.error(
      { err: error, sourceId: source.id, key },
      'a webhook could not be taken in; its managers were told',
    );
    await saveArrival(work, key, 'failed');
    await tellManagers(work, team, source, { draft, key, because: 'failed' });
    return accepted('It could not be made a lead. The managers were told.');
  }
  return { status: 200, body: { ok: true } };
}

/** Never 4xx for what may be a lead: senders drop what is refused. */
function accepted(note: string): WebhookAnswer {
  return { status: 202, body: { ok: true, lead: false, note } };
}

function no(status: number, error: string): WebhookAnswer {
  return { status, body: { ok: false, error } };
}

/** The sender's id for what happened, or else the content itself. */
function eventOf(
  source: Source,
  { headers, body }: WebhookRequest,
  reading: { event: string | null },
): string {
  const named =
    source.kind === 'json' ? 'webhook-id' : source.kind === 'token' ? 'idempotency-key' : undefined;
  const given = named === undefined ? reading.event : headers[named];
  return typeof given === 'string' && given.trim() !== '' ? given.trim() : hashOf(body);
}

function shortened(event: string): string {
  return event.length > 100 ? hashOf(event) : event;
}

function hashOf(content: string | Buffer): string {
  return createHash('sha256').update(content).digest('hex');
}
