import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto';
import { Refusal } from '../errors.ts';
import type { SourceKind } from './kinds.ts';

const version = 'v1';
const ivBytes = 12;
const tagBytes = 16;

/** The key from the environment has changed or is gone: what was encrypted with it can't be read. */
export class UnreadableSecret extends Error {
  override readonly name = 'UnreadableSecret';
}

/** Encrypts signing secrets (AES-256-GCM) with the key from the environment, `SECRETS_KEY`. */
export class Secrets {
  readonly #key: Buffer | undefined;

  /** @param key 32 bytes; without one, nothing can be sealed */
  constructor(key: Buffer | undefined) {
    this.#key = key;
  }

  /**
   * @param place what the secret belongs to: moved to another row, it can't be opened
   * @throws Refusal without a key, with what to set
   */
  seal(secret: string, place: string): string {
    if (!this.#key) {
      throw new Refusal(
        'This kind of source needs a secret that I keep encrypted, and for that the app needs `SECRETS_KEY` in its environment. Ask whoever runs the app to make one with `openssl rand -base64 32`, set it and start the app again. *Other, with a bearer token* works without.',
      );
    }
    const iv = randomBytes(ivBytes);
    const cipher = createCipheriv('aes-256-gcm', this.#key, iv).setAAD(Buffer.from(place));
    const sealed = Buffer.concat([iv, cipher.update(secret, 'utf8'), cipher.final(), cipher.getAuthTag()]);
    return `${version}.${sealed.toString('base64url')}`;
  }

  /** @throws UnreadableSecret when the key is not the one it was sealed with, or the text was changed */
  open(sealed: string, place: string): string {
    if (!this.#key) throw new UnreadableSecret('SECRETS_KEY is not set');
    const bytes = Buffer.from(sealed.slice(version.length + 1), 'base64url');
    try {
      const decipher = createDecipheriv('aes-256-gcm', this.#key, bytes.subarray(0, ivBytes), {
        authTagLength: tagBytes,
      })
        .setAAD(Buffer.from(place))
        .setAuthTag(bytes.subarray(-tagBytes));
      return decipher.update(bytes.subarray(ivBytes, -tagBytes), undefined, 'utf8') + decipher.final('utf8');
    } catch {
      throw new UnreadableSecret('SECRETS_KEY is not the one that this secret was encrypted with');
    }
  }
}

/** A new random secret of 256 bits, written as the kind of source expects it. */
export function newSecret(kind: SourceKind): string {
  const bytes = randomBytes(32);
  return kind === 'json' ? `whsec_${bytes.toString('base64')}` : bytes.toString('base64url');
}

/** What is kept of a bearer token. It is random and long, so a plain hash can't be guessed back. */
export function hashToken(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}
