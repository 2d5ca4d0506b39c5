import {
  WebAPIHTTPError,
  WebAPIPlatformError,
  WebAPIRateLimitedError,
  WebAPIRequestError,
} from '@slack/web-api';
import { describe, expect, test } from 'vitest';
import { backOff, failureOf } from '../../src/outbox/outcome.ts';

const platform = (error: string): Error => new WebAPIPlatformError({ ok: false, error });
const http = (status: number): Error => new WebAPIHTTPError(status, '', {}, '');
const withCode = (code: string): Error => Object.assign(new Error(code), { code });
/** As undici throws: the reason is a cause, and under `localhost` one for each address. */
const fetchFailed = (cause: Error): Error => new WebAPIRequestError(new TypeError('fetch failed', { cause }));
const timedOut = new DOMException('The operation was aborted due to timeout', 'TimeoutError');

describe('after a failed call a message was', () => {
  test.each<[string, Error, string]>([
    ['a rate limit', new WebAPIRateLimitedError(7), 'ratelimited'],
    ['a rate limit in the body', platform('ratelimited'), 'ratelimited'],
    ['a token that was revoked', platform('token_revoked'), 'token_revoked'],
    ['a wrong token', platform('invalid_auth'), 'invalid_auth'],
    ['an uninstalled app', platform('account_inactive'), 'account_inactive'],
    ['a scope that is missing', platform('missing_scope'), 'missing_scope'],
    ['a refused connection', fetchFailed(withCode('ECONNREFUSED')), 'ECONNREFUSED'],
    [
      'connections refused on both addresses',
      fetchFailed(new AggregateError([withCode('ECONNREFUSED'), withCode('ECONNREFUSED')])),
      'ECONNREFUSED',
    ],
    ['no such host', fetchFailed(withCode('ENOTFOUND')), 'ENOTFOUND'],
    ['no name service', fetchFailed(withCode('EAI_AGAIN')), 'EAI_AGAIN'],
    ['no network', fetchFailed(withCode('ENETUNREACH')), 'ENETUNREACH'],
    ['an unreachable host', fetchFailed(withCode('EHOSTUNREACH')), 'EHOSTUNREACH'],
  ])('surely not sent: %s', (_name, error, code) => {
    expect(failureOf(error)).toMatchObject({ kind: 'not_sent', error: code });
  });

  test.each<[string, unknown, string]>([
    ['internal_error', platform('internal_error'), 'internal_error'],
    ['fatal_error', platform('fatal_error'), 'fatal_error'],
    ['request_timeout', platform('request_timeout'), 'request_timeout'],
    ['service_unavailable', platform('service_unavailable'), 'service_unavailable'],
    ['a page instead of JSON', platform('<html>Something went wrong</html>'), 'no_json'],
    ['an empty answer', platform(''), 'no_json'],
    ['500', http(500), 'http_500'],
    ['503', http(503), 'http_503'],
    ['a timeout', new WebAPIRequestError(timedOut), 'TimeoutError'],
    ['a timeout outside the client', timedOut, 'TimeoutError'],
    ['a connection cut while waiting', fetchFailed(withCode('ECONNRESET')), 'ECONNRESET'],
    ['a socket closed by the other side', fetchFailed(withCode('UND_ERR_SOCKET')), 'UND_ERR_SOCKET'],
    ['a database that failed after the call', withCode('SQLITE_BUSY'), 'SQLITE_BUSY'],
    ['an error of our own', new Error('surprise'), 'surprise'],
    ['something that is no error', 'surprise', 'surprise'],
  ])('perhaps sent: %s', (_name, error, code) => {
    expect(failureOf(error)).toEqual({ kind: 'unknown', error: code });
  });

  test.each<[string, Error]>([
    ['not_in_channel', platform('not_in_channel')],
    ['is_archived', platform('is_archived')],
    ['channel_not_found', platform('channel_not_found')],
    ['invalid_blocks', platform('invalid_blocks')],
    ['msg_too_long', platform('msg_too_long')],
    ['message_not_found', platform('message_not_found')],
    ['http_404', http(404)],
  ])('refused: %s', (code, error) => {
    expect(failureOf(error)).toEqual({ kind: 'refused', error: code });
  });
});

test('Retry-After is kept, in milliseconds', () => {
  expect(failureOf(new WebAPIRateLimitedError(30))).toMatchObject({ retryAfterMs: 30_000 });
});

test('the back-off doubles and ends at five minutes', () => {
  expect([0, 1, 2, 3, 8, 9, 1000].map(backOff)).toEqual([1000, 2000, 4000, 8000, 256_000, 300_000, 300_000]);
});
