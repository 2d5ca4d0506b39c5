import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { demoWebhooks } from '../../src/demo/wire.ts';
import { Refusal } from '../../src/errors.ts';
import type { SourceKind } from '../../src/webhooks/kinds.ts';
import { newSecret, Secrets, UnreadableSecret } from '../../src/webhooks/secrets.ts';
import { createSource, rotateSecret, secretMistake } from '../../src/webhooks/sources.ts';
import { people, startWorld, temporaryFile } from '../support/world.ts';
import { plainLead } from './samples/generic.ts';
import { tallyContact } from './samples/tally.ts';
import { startIntake } from './support.ts';

const hour = 3_600_000;
const key = Buffer.alloc(32, 9);

describe('encryption', () => {
  test('what was sealed opens with the same key and place only', () => {
    const secrets = new Secrets(key);
    const sealed = secrets.seal('s3cret ✓', 'place');
    expect(sealed).not.toContain('s3cret');
    expect(secrets.open(sealed, 'place')).toBe('s3cret ✓');
    expect(() => secrets.open(sealed, 'elsewhere')).toThrow(UnreadableSecret);
    expect(() => new Secrets(Buffer.alloc(32, 8)).open(sealed, 'place')).toThrow(UnreadableSecret);
    expect(() => new Secrets(undefined).open(sealed, 'place')).toThrow(UnreadableSecret);
  });

  test('one changed character, or half of it, does not open', () => {
    const secrets = new Secrets(key);
    const sealed = secrets.seal('secret', '');
    for (let index = 3; index < sealed.length - 1; index += 1) {
      const other = sealed[index] === 'A' ? 'B' : 'A';
      const changed = sealed.slice(0, index) + other + sealed.slice(index + 1);
      expect(() => secrets.open(changed, '')).toThrow(UnreadableSecret);
    }
    for (const broken of ['', 'v1.', sealed.slice(0, 20)]) {
      expect(() => secrets.open(broken, '')).toThrow(UnreadableSecret);
    }
  });

  test('the same secret is never sealed the same way twice', () => {
    const secrets = new Secrets(key);
    expect(secrets.seal('secret', '')).not.toBe(secrets.seal('secret', ''));
  });

  test('without a key, what to set and how to make one is said', () => {
    const seal = (): string => new Secrets(undefined).seal('secret', '');
    expect(seal).toThrow(Refusal);
    expect(seal).toThrow(/`SECRETS_KEY`.*`openssl rand -base64 32`/);
  });
});

describe('at rest', () => {
  test('no secret is anywhere in the database’s files, before or after a rotation', async () => {
    const databasePath = temporaryFile('intake.db');
    const intake = await startIntake({ databasePath });
    const shown: string[] = [];
    for (const kind of [
      'typeform',
      'tally',
      'calendly',
      'hubspot',
      'webflow',
      'json',
      'token',
    ] as SourceKind[]) {
      const made = await intake.source(kind, `From ${kind}`);
      shown.push(made.secret);
      const pasted = kind === 'webflow' ? 'another-secret-of-webflow' : '';
      const again = await intake.world.app.transact((work) =>
        rotateSecret(work, demoWebhooks.secrets, { sourceId: made.source.id, userId: people.mona, pasted }),
      );
      shown.push(again.secret ?? pasted);
      if (kind !== 'webflow') await intake.send({ ...made, secret: again.secret ?? '' }, plainLead);
    }
    const rows = await intake.world.db.selectFrom('webhook_source').selectAll().execute();
    await intake.world.goDown();
    const files = ['', '-wal'].map((suffix) => {
      try {
        return readFileSync(databasePath + suffix).toString('latin1');
      } catch {
        return '';
      }
    });
    expect(files.join('')).toContain('From webflow');
    expect(new Set(shown).size).toBe(14);
    for (const secret of shown) {
      expect(files.join('')).not.toContain(secret);
      expect(files.join('')).not.toContain(Buffer.from(secret).toString('base64'));
      expect(JSON.stringify(rows)).not.toContain(secret);
    }
    const token = rows.find(({ kind }) => kind === 'token');
    expect(token?.secret).toMatch(/^[0-9a-f]{64}$/);
  });
});

describe.each(['tally', 'token'] as const)('rotating the secret of a %s source', (kind) => {
  test('the old one stays good for a day, then only the new one is', async () => {
    const intake = await startIntake();
    const made = await intake.source(kind);
    const rotated = await intake.world.app.transact((work) =>
      rotateSecret(work, demoWebhooks.secrets, { sourceId: made.source.id, userId: people.mona, pasted: '' }),
    );
    const fresh = { ...made, secret: rotated.secret ?? '' };
    expect(fresh.secret).not.toBe(made.secret);
    const lead = (number: number): unknown =>
      kind === 'tally' ? { ...tallyContact, eventId: String(number) } : { ...plainLead, number };
    expect((await intake.send(made, lead(1))).status).toBe(200);
    expect((await intake.send(fresh, lead(2))).status).toBe(200);
    intake.world.sandbox.clock.set(intake.world.now + 24 * hour - 60_000);
    expect((await intake.send(made, lead(3))).status).toBe(200);
    intake.world.sandbox.clock.set(intake.world.now + 120_000);
    expect((await intake.send(made, lead(4))).status).toBe(401);
    expect((await intake.send(fresh, lead(5))).status).toBe(200);
  });
});

describe('secrets that are made', () => {
  test('have 256 random bits, in the form that the kind expects', () => {
    expect(Buffer.from(newSecret('token'), 'base64url')).toHaveLength(32);
    expect(Buffer.from(newSecret('json').replace(/^whsec_/, ''), 'base64')).toHaveLength(32);
    expect(newSecret('json')).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/);
    expect(new Set(Array.from({ length: 100 }, () => newSecret('tally'))).size).toBe(100);
  });
});

describe('secrets that are pasted', () => {
  test.each<[SourceKind, string, RegExp | null]>([
    ['tally', 'a-secret-of-some-length', null],
    ['tally', '', null],
    ['tally', 'short', /at least 16/],
    ['tally', 'a secret with spaces in it', /no spaces/],
    ['token', 'a-token-of-my-own-choice', /I make the token/],
    ['json', `whsec_${Buffer.alloc(24).toString('base64')}`, null],
    ['json', 'a-secret-of-some-length', /whsec_/],
    ['json', 'whsec_short', /at least 24 bytes/],
    ['webflow', '0123456789abcdef0123456789abcdef', null],
  ])('%s: %s', (kind, pasted, sentence) => {
    const mistake = secretMistake(kind, pasted);
    if (sentence === null) expect(mistake).toBeNull();
    else expect(mistake).toMatch(sentence);
  });
});

test('without SECRETS_KEY a bearer source can be made, and no other', async () => {
  const world = await startWorld();
  const make = (kind: SourceKind): Promise<unknown> =>
    world.app.transact((work) =>
      createSource(work, new Secrets(undefined), {
        salesTeamId: 1,
        userId: people.mona,
        name: 'Website',
        kind,
        pasted: '',
      }),
    );
  for (const kind of ['typeform', 'tally', 'calendly', 'hubspot', 'webflow', 'json'] as SourceKind[]) {
    await expect(make(kind)).rejects.toThrow(/SECRETS_KEY/);
  }
  await expect(make('token')).resolves.toMatchObject({ source: { slug: 'website' } });
});
