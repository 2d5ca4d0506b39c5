import type { AddressInfo } from 'node:net';
import Sqlite from 'better-sqlite3';
import { describe, expect, test } from 'vitest';
import { demoWebhooks } from '../../src/demo/wire.ts';
import { intakeRoutes } from '../../src/http/intake.ts';
import { serveRoutes } from '../../src/http/server.ts';
import type { SourceKind } from '../../src/webhooks/kinds.ts';
import { RateLimit } from '../../src/webhooks/rate-limit.ts';
import { Secrets } from '../../src/webhooks/secrets.ts';
import { rotateSecret } from '../../src/webhooks/sources.ts';
import { memoryLog } from '../support/memory-log.ts';
import { actionIds, channels, people, temporaryFile, textOf, type World } from '../support/world.ts';
import { calendlyBooking, calendlyCancellation } from './samples/calendly.ts';
import { plainLead } from './samples/generic.ts';
import { hubspotFlat } from './samples/hubspot.ts';
import { tallyContact } from './samples/tally.ts';
import { typeformDemo } from './samples/typeform.ts';
import { bytesOf, type Intake, type Reply, signed, startIntake } from './support.ts';

interface Started {
  intake: Intake;
  made: Awaited<ReturnType<Intake['source']>>;
  world: World;
  /** Sends it signed. */
  send(this: void, body: unknown): Promise<Reply>;
}

async function startIntakeWith(kind: SourceKind): Promise<Started> {
  const intake = await startIntake();
  const made = await intake.source(kind);
  return { intake, made, world: intake.world, send: (body: unknown) => intake.send(made, body) };
}

test('a submitted form becomes a card with its rank and who can be reached how', async () => {
  const { world, send } = await startIntakeWith('typeform');
  await send(typeformDemo);
  const lead = await world.newestLead();
  expect(lead).toMatchObject({
    name: 'Ada Lovelace',
    source: 'Typeform: Demo request',
    form: 'Demo request',
    campaign: 'autumn-fair',
    rank: 'A',
    channel_id: channels.leads,
  });
  const card = world.card(lead);
  expect(textOf(card)).toContain('Analytical Engines Ltd');
  expect(actionIds(card)).toContain('claim');
});

describe('only once', () => {
  test('the same event twice at the same moment is one lead', async () => {
    const { intake, world, send } = await startIntakeWith('typeform');
    const replies = await Promise.all(Array.from({ length: 8 }, () => send(typeformDemo)));
    expect(replies.map(({ status }) => status)).toEqual(Array.from({ length: 8 }, () => 200));
    expect(replies.filter(({ body }) => body['repeat'] === true)).toHaveLength(7);
    expect(await world.leads()).toHaveLength(1);
    expect(await intake.stored()).toMatchObject({ arrival: 1, signal: 0 });
  });

  test('another event of the same person is a signal in the lead’s thread', async () => {
    const { world, send } = await startIntakeWith('typeform');
    await send(typeformDemo);
    await send({ ...typeformDemo, event_id: 'another' });
    const [lead, ...others] = await world.leads();
    expect(others).toEqual([]);
    if (!lead) throw new Error('no lead');
    expect(world.thread(lead).map(textOf).join()).toContain('came in again');
  });

  test('a HubSpot contact that comes in again at another time is a signal, the same time a repeat', async () => {
    const { intake, send } = await startIntakeWith('hubspot');
    await send(hubspotFlat);
    expect((await send({ ...hubspotFlat, message: 'changed' })).body).toEqual({ ok: true, repeat: true });
    expect((await send({ ...hubspotFlat, occurredAt: 1 })).body).toEqual({ ok: true });
    expect(await intake.stored()).toMatchObject({ lead: 1, signal: 1 });
  });

  test('a bearer source goes by Idempotency-Key, and without one by the content', async () => {
    const { intake, made } = await startIntakeWith('token');
    const post = (body: unknown, key?: string): Promise<{ body: object }> =>
      intake.post(made.source.slug, {
        headers: {
          authorization: `Bearer ${made.secret}`,
          ...(key !== undefined && { 'idempotency-key': key }),
        },
        body,
      });
    expect((await post(plainLead, 'one')).body).toEqual({ ok: true });
    expect((await post({ ...plainLead, company: 'Other' }, 'one')).body).toEqual({ ok: true, repeat: true });
    expect((await post(plainLead)).body).toEqual({ ok: true });
    expect((await post(plainLead)).body).toEqual({ ok: true, repeat: true });
    expect((await post({ ...plainLead, message: 'New words' })).body).toEqual({ ok: true });
    expect(await intake.stored()).toMatchObject({ lead: 1, signal: 2 });
  });

  test('two sources may use the same event id', async () => {
    const { intake, send } = await startIntakeWith('typeform');
    const other = await intake.source('typeform', 'Second form');
    await send(typeformDemo);
    expect((await intake.send(other, typeformDemo)).body).toEqual({ ok: true });
  });

  test('event ids of any length tell events apart, and the key stays short', async () => {
    const { world, send } = await startIntakeWith('typeform');
    const long = 'e'.repeat(5000);
    expect((await send({ ...typeformDemo, event_id: `${long}1` })).body).toEqual({ ok: true });
    expect((await send({ ...typeformDemo, event_id: `${long}1` })).body).toEqual({ ok: true, repeat: true });
    expect((await send({ ...typeformDemo, event_id: `${long}2` })).body).toEqual({ ok: true });
    const keys = await world.db.selectFrom('arrival').select('key').execute();
    expect(Math.max(...keys.map(({ key }) => key.length))).toBeLessThan(100);
  });
});

describe('nothing is lost', () => {
  const anonymous = {
    eventId: 'tally-1',
    eventType: 'FORM_RESPONSE',
    data: {
      formName: 'Feedback <!channel>',
      fields: [
        { label: 'Name', type: 'INPUT_TEXT', value: 'Ada' },
        { label: 'Email', type: 'INPUT_EMAIL', value: 'not yet' },
        { label: 'Message', type: 'TEXTAREA', value: 'Call me at the *office* <@U0MONA>' },
      ],
    },
  };

  test('a submission without contact is accepted, and the managers read all of it once', async () => {
    const { intake, world, send } = await startIntakeWith('tally');
    const before = world.directMessages('mona').length;
    expect(await send(anonymous)).toMatchObject({ status: 202, body: { ok: true, lead: false } });
    expect(await send(anonymous)).toMatchObject({ status: 200, body: { ok: true, repeat: true } });
    const told = world.directMessages('mona').slice(before);
    expect(told).toHaveLength(1);
    expect(told[0]).toContain('*Website* sent has neither a mail address nor a phone number');
    expect(told[0]).toContain('>*name:* Ada');
    expect(told[0]).toContain('>*Email:* not yet');
    expect(told[0]).toContain('Call me at the *office* &lt;@U0MONA&gt;');
    expect(told[0]).not.toContain('<!channel>');
    expect(await intake.stored()).toMatchObject({ lead: 0, arrival: 1 });
  });

  test('a lead that can not be made one is accepted, told to the managers, and logged', async () => {
    const { intake, world, send } = await startIntakeWith('tally');
    await world.db.deleteFrom('lead_channel').execute();
    expect(await send(tallyContact)).toMatchObject({ status: 202, body: { ok: true, lead: false } });
    expect(world.directMessages('mona').at(-1)).toContain('hedy@frequency.example');
    expect(intake.log.errors()).toHaveLength(1);
    const arrivals = await world.db.selectFrom('arrival').select('outcome').execute();
    expect(arrivals).toEqual([{ outcome: 'failed' }]);
    expect(await world.leads()).toEqual([]);
  });

  test('a cancelled meeting is fine and no lead; the booking with the same address is one', async () => {
    const { world, send } = await startIntakeWith('calendly');
    expect(await send(calendlyCancellation)).toMatchObject({
      status: 200,
      body: { ok: true, ignored: 'the event is invitee.canceled, not invitee.created' },
    });
    expect(await world.leads()).toEqual([]);
    expect((await send(calendlyBooking)).body).toEqual({ ok: true });
    expect((await send(calendlyCancellation)).body).toEqual({ ok: true, repeat: true });
    const arrivals = await world.db.selectFrom('arrival').select('outcome').orderBy('received_at').execute();
    expect(arrivals.map(({ outcome }) => outcome).sort()).toEqual(['ignored', 'lead']);
  });

  test('while the database can not be written the sender is asked to come again, and then it is no repeat', async () => {
    const databasePath = temporaryFile('intake.db');
    const intake = await startIntake({ databasePath });
    const made = await intake.source('tally');
    const other = new Sqlite(databasePath);
    other.exec('BEGIN EXCLUSIVE');
    const body = bytesOf(tallyContact);
    const response = await fetch(intake.address('website'), {
      method: 'POST',
      headers: signed('tally', made.secret, body, {}),
      body,
    });
    other.exec('ROLLBACK');
    other.close();
    expect([response.status, response.headers.get('retry-after')]).toEqual([503, '30']);
    expect(await response.text()).toContain('nothing was stored');
    expect(await intake.send(made, tallyContact)).toMatchObject({ status: 200, body: { ok: true } });
    expect(await intake.world.leads()).toHaveLength(1);
  });

  test('with another SECRETS_KEY nobody is refused for good: 503, and the log says why', async () => {
    const intake = await startIntake({ secrets: new Secrets(Buffer.alloc(32, 1)) });
    const made = await intake.source('tally');
    expect((await intake.send(made, tallyContact)).status).toBe(503);
    expect(JSON.stringify(intake.log.errors())).toContain('SECRETS_KEY is not the one');
    const token = await intake.source('token', 'Token');
    expect((await intake.send(token, plainLead)).status).toBe(200);
  });
});

test('after SECRETS_KEY was lost, a source works again as soon as it has a new secret', async () => {
  const { intake, made, world } = await startIntakeWith('tally');
  const lost = new Secrets(Buffer.alloc(32, 1));
  const { id, salesTeamId, slug } = made.source;
  const sealed = lost.seal(made.secret, `webhook_source/${salesTeamId}/${slug}`);
  await world.db.updateTable('webhook_source').set({ secret: sealed }).execute();
  expect((await intake.send(made, tallyContact)).status).toBe(503);
  const { secret } = await world.app.transact((work) =>
    rotateSecret(work, demoWebhooks.secrets, { sourceId: id, userId: people.mona, pasted: '' }),
  );
  expect((await intake.send({ ...made, secret: secret ?? '' }, tallyContact)).status).toBe(200);
});

describe('what was refused is seen in the list of sources', () => {
  const refused = (world: World): Promise<{ last_refused: string | null; last_refused_at: number | null }> =>
    world.db
      .selectFrom('webhook_source')
      .select(['last_refused', 'last_refused_at'])
      .executeTakeFirstOrThrow();

  test.each<[string, (started: Started) => Promise<Reply>, RegExp]>([
    [
      'a wrong signature',
      ({ intake, made }) => intake.send({ ...made, secret: 'wrong' }, tallyContact),
      /does not fit the secret/,
    ],
    ['no JSON', ({ send }) => send('email=ada'), /not valid JSON/],
    ['an unknown form', ({ send }) => send({ eventType: 'OTHER' }), /expects Tally responses/],
  ])('%s', async (_what, attempt, sentence) => {
    const started = await startIntakeWith('tally');
    const { world } = started;
    const at = world.now;
    await attempt(started);
    const { last_refused: why, last_refused_at: when } = await refused(world);
    expect(why).toMatch(sentence);
    expect(when).toBeGreaterThanOrEqual(at);
  });

  test('too many at once', async () => {
    const intake = await startIntake({ limit: new RateLimit(1) });
    const made = await intake.source('token');
    await intake.send(made, plainLead);
    await intake.send(made, plainLead);
    expect((await refused(intake.world)).last_refused).toMatch(/^Too many requests/);
  });

  test('a flood of them is written down every ten seconds at most', async () => {
    const { intake, made, world, send } = await startIntakeWith('tally');
    await intake.send({ ...made, secret: 'wrong' }, tallyContact);
    const first = await refused(world);
    await send('email=ada');
    expect(await refused(world)).toEqual(first);
    world.sandbox.clock.set(world.now + 10_000);
    await send('email=ada');
    expect((await refused(world)).last_refused).toMatch(/not valid JSON/);
  });
});

describe('rate limit', () => {
  test('so many at once, then 429 with when to come again; other sources and strangers do not count', async () => {
    const intake = await startIntake({ limit: new RateLimit(3) });
    const made = await intake.source('token');
    const other = await intake.source('token', 'Other');
    const send = (number: number): Promise<{ status: number; headers: Headers }> =>
      intake.send(made, { ...plainLead, number });
    for (let stranger = 0; stranger < 5; stranger += 1) {
      expect((await intake.send({ ...made, secret: 'wrong' }, plainLead)).status).toBe(401);
    }
    for (const number of [1, 2, 3]) expect((await send(number)).status).toBe(200);
    const early = await send(4);
    expect(early.status).toBe(429);
    const wait = Number(early.headers.get('retry-after'));
    expect(wait).toBeGreaterThan(0);
    expect(wait).toBeLessThanOrEqual(20);
    expect((await intake.send(other, { ...plainLead, number: 5 })).status).toBe(200);
    intake.world.sandbox.clock.set(intake.world.now + wait * 1000);
    expect((await send(4)).status).toBe(200);
    expect((await send(6)).status).toBe(429);
  });

  test('by default 120 at once and 2 a second', () => {
    const limit = new RateLimit();
    const taken = (at: number): number => {
      let count = 0;
      while (limit.take(1, at) === 0) count += 1;
      return count;
    };
    expect(taken(0)).toBe(120);
    expect(taken(1000)).toBe(2);
    expect(taken(3_600_000)).toBe(120);
    expect(limit.take(1, 3_600_000)).toBe(500);
  });
});

test('when the source last received something is kept, and not when somebody else tried', async () => {
  const { intake, made, world, send } = await startIntakeWith('tally');
  const last = (): Promise<{ last_received_at: number | null } | undefined> =>
    world.db.selectFrom('webhook_source').select('last_received_at').executeTakeFirst();
  await intake.send({ ...made, secret: 'wrong' }, tallyContact);
  expect(await last()).toEqual({ last_received_at: null });
  await send(tallyContact);
  expect((await last())?.last_received_at).toBeGreaterThanOrEqual(world.now - 10_000);
});

test('what is in the log about a refused request names neither secrets nor people', async () => {
  const { intake, made } = await startIntakeWith('tally');
  await intake.send({ ...made, secret: 'wrong-secret-of-somebody' }, tallyContact);
  const said = JSON.stringify(intake.log.lines);
  expect(said).toContain('a webhook was refused');
  for (const secret of [made.secret, 'wrong-secret', 'hedy@']) expect(said).not.toContain(secret);
});

test('before the app is there, senders are asked to come again', async () => {
  const server = await serveRoutes(
    intakeRoutes({ ...demoWebhooks, transact: () => undefined, log: memoryLog().log }),
    0,
  );
  const { port } = server.address() as AddressInfo;
  const response = await fetch(`http://localhost:${port}/intake/1/website`, { method: 'POST', body: '{}' });
  server.close();
  expect([response.status, response.headers.get('retry-after')]).toEqual([503, '5']);
});

test('the audit names who made a source, and not its secret', async () => {
  const { world } = await startIntakeWith('tally');
  const [entry] = await world.db
    .selectFrom('audit')
    .selectAll()
    .where('action', '=', 'source.created')
    .execute();
  expect(entry).toMatchObject({ actor: people.mona });
  expect(JSON.parse(entry?.detail ?? '')).toEqual({
    sourceId: 1,
    salesTeamId: 1,
    kind: 'tally',
    slug: 'website',
    name: 'Website',
  });
});
