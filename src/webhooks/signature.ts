import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import type { SourceKind } from './kinds.ts';
import { hashToken } from './secrets.ts';

export interface SignedRequest {
  /** The whole address that was asked, as the sender knows it. */
  url: string;
  /** By lower-case name. */
  headers: Readonly<Record<string, string | string[] | undefined>>;
  /** Exactly the bytes that came in. */
  body: Buffer;
}

/** What the sender shows, and how to work out with a secret what it has to be. */
interface Proof {
  given: readonly string[];
  expected: (secret: string) => string;
  /** UTC milliseconds, where the signature covers a time. */
  sentAt?: number;
}

/** How old (or how far ahead) a signed request may be. */
export const replayWindow = 5 * 60_000;

const proofs: Record<SourceKind, (request: SignedRequest) => Proof | string> = {
  typeform: (request) => {
    const given = header(request, 'typeform-signature');
    if (given === '') return missing('Typeform-Signature');
    return { given: [given], expected: (secret) => `sha256=${hmac(secret, 'base64', request.body)}` };
  },

  tally: (request) => {
    const given = header(request, 'tally-signature');
    if (given === '') return missing('Tally-Signature');
    return { given: [given], expected: (secret) => hmac(secret, 'base64', request.body) };
  },

  calendly: (request) => {
    const given = header(request, 'calendly-webhook-signature');
    if (given === '') return missing('Calendly-Webhook-Signature');
    const parts = new Map(given.split(',').map((part) => [part.split('=')[0]?.trim(), part.split('=')[1]]));
    const time = parts.get('t') ?? '';
    return {
      given: [(parts.get('v1') ?? '').toLowerCase()],
      expected: (secret) => hmac(secret, 'hex', `${time}.`, request.body),
      sentAt: timeOf(time) * 1000,
    };
  },

  hubspot: (request) => {
    const given = header(request, 'x-hubspot-signature-v3');
    if (given === '') return apiKey(request);
    const time = header(request, 'x-hubspot-request-timestamp');
    return {
      given: [given],
      expected: (secret) => hmac(secret, 'base64', `POST${request.url}`, request.body, time),
      sentAt: timeOf(time),
    };
  },

  webflow: (request) => {
    const given = header(request, 'x-webflow-signature');
    if (given === '') return missing('X-Webflow-Signature');
    const time = header(request, 'x-webflow-timestamp');
    return {
      given: [given.toLowerCase()],
      expected: (secret) => hmac(secret, 'hex', `${time}:`, request.body),
      sentAt: timeOf(time),
    };
  },

  json: (request) => {
    const id = header(request, 'webhook-id');
    const time = header(request, 'webhook-timestamp');
    const given = header(request, 'webhook-signature');
    if (id === '' || time === '' || given === '') {
      return missing('webhook-id, webhook-timestamp or webhook-signature');
    }
    return {
      // While a sender rotates its secret it signs with both, so there may be several.
      given: given.split(' ', 10),
      expected: (secret) => `v1,${hmac(standardKey(secret), 'base64', `${id}.${time}.`, request.body)}`,
      sentAt: timeOf(time) * 1000,
    };
  },

  token: (request) => {
    const token = bearer(request);
    if (token === '') return missing('Authorization: Bearer');
    return { given: [hashToken(token)], expected: (hash) => hash };
  },
};

/**
 * Whether the request comes from somebody who knows one of the secrets. Null when it does, else the sentence why not.
 * @param secrets for `token` the tokens' hashes, for all others the secrets as they are
 */
export function refusalOf(
  kind: SourceKind,
  request: SignedRequest,
  secrets: readonly string[],
  now: number,
): string | null {
  const proof = proofs[kind](request);
  if (typeof proof === 'string') return proof;
  const { given, expected, sentAt } = proof;
  const known = secrets.map(expected).some((value) => given.some((shown) => isSame(shown, value)));
  if (!known) return 'The signature or key does not fit the secret of this source.';
  if (sentAt !== undefined && !(Math.abs(now - sentAt) <= replayWindow)) {
    return 'The request was signed more than five minutes ago or ahead. Check the clock of the sender, and send it again.';
  }
  return null;
}

/** HubSpot workflows without an app of their own show a key instead of a signature. */
function apiKey(request: SignedRequest): Proof | string {
  const key = header(request, 'x-api-key') || bearer(request);
  if (key === '') return missing('X-API-Key, Authorization: Bearer or X-HubSpot-Signature-v3');
  return { given: [key], expected: (secret) => secret };
}

function missing(names: string): string {
  return `The header ${names} is missing.`;
}

function header(request: SignedRequest, name: string): string {
  const value = request.headers[name];
  return typeof value === 'string' ? value.trim() : '';
}

function bearer(request: SignedRequest): string {
  return /^bearer +(\S+)$/i.exec(header(request, 'authorization'))?.[1] ?? '';
}

/** NaN for anything but a whole number, which then is in no window. */
function timeOf(text: string): number {
  return /^\d{1,16}$/.test(text) ? Number(text) : NaN;
}

function hmac(key: string | Buffer, encoding: 'hex' | 'base64', ...parts: (string | Buffer)[]): string {
  const mac = createHmac('sha256', key);
  for (const part of parts) mac.update(part);
  return mac.digest(encoding);
}

function standardKey(secret: string): Buffer {
  return Buffer.from(secret.replace(/^whsec_/, ''), 'base64');
}

/** Takes the same time wherever two texts differ: their digests are compared, which also have one length. */
function isSame(given: string, expected: string): boolean {
  const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(given), digest(expected));
}
