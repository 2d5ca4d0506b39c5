import {
  WebAPIHTTPError,
  WebAPIPlatformError,
  WebAPIRateLimitedError,
  WebAPIRequestError,
} from '@slack/web-api';
import type { OutboxRow } from '../db/schema.ts';
import type { Settlement } from './store.ts';

/** What we know of a message after a call to Slack failed. */
export type Failure =
  /** Slack surely did not apply it: it may be sent again. */
  | { kind: 'not_sent'; error: string; retryAfterMs?: number }
  /** Slack may have applied it: it must be looked for before it is sent again. */
  | { kind: 'unknown'; error: string }
  /** Slack will never take it as it is. */
  | { kind: 'refused'; error: string };

/** Errors by which Slack says "perhaps": it documents that the operation may have been applied. */
const perhapsApplied = new Set(['internal_error', 'fatal_error', 'request_timeout', 'service_unavailable']);
/** The app as a whole can't speak now; its messages can, once an operator has mended that. */
const notNow = new Set([
  'ratelimited',
  'rate_limited',
  'invalid_auth',
  'not_authed',
  'account_inactive',
  'token_revoked',
  'token_expired',
  'missing_scope',
  'team_access_not_granted',
]);
/** A proxy on the way said no, not Slack: Slack answers its own errors with 200. */
const turnedAway = new Set([401, 403, 407, 408]);
const neverConnected = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH']);

/** A call failed on the way to the one that shows something: whatever became of it, nobody has seen anything. */
export class NothingShown extends Error {
  override readonly name = 'NothingShown';

  constructor(cause: unknown) {
    super('nothing was shown', { cause });
  }
}

/** Sorts what a Slack call threw. Everything that is not clearly "no" is `unknown`. */
export function failureOf(error: unknown): Failure {
  if (error instanceof NothingShown) {
    const failure = failureOf(error.cause);
    return failure.kind === 'unknown' ? { ...failure, kind: 'not_sent' } : failure;
  }
  if (error instanceof WebAPIRateLimitedError) {
    return { kind: 'not_sent', error: 'ratelimited', retryAfterMs: error.retryAfter * 1000 };
  }
  if (error instanceof WebAPIPlatformError) {
    const code = String(error.data.error);
    // The client puts a body that is no JSON, some proxy's page, where the error code should be.
    if (!/^[a-z0-9_]+$/.test(code)) return { kind: 'unknown', error: 'no_json' };
    if (perhapsApplied.has(code)) return { kind: 'unknown', error: code };
    if (notNow.has(code)) return { kind: 'not_sent', error: code };
    return { kind: 'refused', error: code };
  }
  if (error instanceof WebAPIHTTPError) {
    const text = `http_${error.statusCode}`;
    if (error.statusCode >= 500) return { kind: 'unknown', error: text };
    return { kind: turnedAway.has(error.statusCode) ? 'not_sent' : 'refused', error: text };
  }
  const code = networkCode(error);
  return neverConnected.has(code) ? { kind: 'not_sent', error: code } : { kind: 'unknown', error: code };
}

function networkCode(error: unknown): string {
  let current: unknown = error instanceof WebAPIRequestError ? error.original : error;
  for (let depth = 0; depth < 5 && current instanceof Error; depth += 1) {
    if ('code' in current && typeof current.code === 'string') return current.code;
    if (current instanceof AggregateError) current = current.errors[0];
    else if (current.cause === undefined) return current.name === 'Error' ? current.message : current.name;
    else current = current.cause;
  }
  return String(current);
}

/** When to look for a message that may have been sent, after the failure and after each empty look. */
export const lookDelays = [15_000, 60_000, 300_000] as const;
/** Slack shows these to nobody who looks, or without the mark that tells them apart. */
const unfindable: ReadonlySet<OutboxRow['kind']> = new Set(['ephemeral', 'reply', 'file']);

/** Whether somebody works where the app is not: only a direct message reaches them. */
export function isElsewhere({ kind }: OutboxRow, error: string): boolean {
  return kind === 'ephemeral' && (error === 'not_in_channel' || error === 'channel_not_found');
}

/** What becomes of a message after it could not be sent. */
export function afterFailure(row: OutboxRow, failure: Failure, now: number): Settlement {
  switch (failure.kind) {
    case 'refused':
      return { state: 'dead' };
    case 'not_sent':
      // An app that was not installed anew may still post, so its reader can hear of it instead of waiting.
      if (row.kind === 'file' && failure.error === 'missing_scope') return { state: 'dead' };
      return { state: 'ready', available_at: now + (failure.retryAfterMs ?? backOff(row.tries)) };
    case 'unknown':
      // Replacing a text twice changes nothing; what can't be looked for is sent at most twice.
      if (row.kind === 'post') return { state: 'unknown', available_at: now + lookDelays[0], looks: 0 };
      if (unfindable.has(row.kind) && row.tries >= 2) return { state: 'dead' };
      return { state: 'ready', available_at: now + backOff(row.tries) };
  }
}

/** Bounded back-off in milliseconds: 1 s, 2 s, 4 s … 5 minutes. */
export function backOff(tries: number): number {
  return Math.min(1000 * 2 ** Math.min(tries, 20), 300_000);
}
