import { createHmac } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import type { SourceKind } from '../../src/webhooks/kinds.ts';
import { newSecret } from '../../src/webhooks/secrets.ts';
import { calendlyBooking } from './samples/calendly.ts';
import { plainLead } from './samples/generic.ts';
import { hubspotFlat } from './samples/hubspot.ts';
import { tallyContact } from './samples/tally.ts';
import { typeformDemo } from './samples/typeform.ts';
import { webflowContact } from './samples/webflow.ts';
import { bytesOf, type Intake, signed, startIntake } from './support.ts';

const payloads: Record<SourceKind, [payload: object, email: string]> = {
  typeform: [typeformDemo, 'ada@analytical.example'],
  tally: [tallyContact, 'hedy@frequency.example'],
  calendly: [calendlyBooking, 'grace@navy.example'],
  hubspot: [hubspotFlat, 'joan@clarke.example'],
  webflow: [webflowContact, 'katherine@orbit.example'],
  json: [plainLead, 'lise@fission.example'],
  token: [plainLead, 'lise@fission.example'],
};
const kinds = Object.entries(payloads).map(([kind, [payload, email]]) => ({
  kind: kind as SourceKind,
  payload,
  email,
}));
/** Those whose signature covers a time. */
const timed = kinds.filter(({ kind }) => ['calendly', 'hubspot', 'webflow', 'json'].includes(kind));

const minute = 60_000;

async function expectNothingStored(intake: Intake, act: () => Promise<void>): Promise<void> {
  const before = await intake.stored();
  await act();
  expect(await intake.stored()).toEqual(before);
}

describe.each([
  ['Socket Mode', false],
  ['HTTP mode', true],
])('%s', (_mode, overHttp) => {
  test.each(kinds)(
    'a $kind request that is signed becomes a lead; again, it is a repeat',
    async ({ kind, payload, email }) => {
      const intake = await startIntake({ overHttp });
      const made = await intake.source(kind);
      expect(await intake.send(made, payload)).toMatchObject({ status: 200, body: { ok: true } });
      const leads = await intake.world.leads();
      expect(leads.map((lead) => [lead.email, lead.way, lead.sales_team_id])).toEqual([
        [email, 'webhook', 1],
      ]);
      await expectNothingStored(intake, async () => {
        expect(await intake.send(made, payload)).toMatchObject({
          status: 200,
          body: { ok: true, repeat: true },
        });
      });
    },
  );
});

test.each(kinds)(
  'a $kind request with a wrong secret, a changed body or no signature stores nothing',
  async ({ kind, payload }) => {
    const intake = await startIntake();
    const made = await intake.source(kind);
    const { slug } = made.source;
    const at = intake.world.now;
    const body = bytesOf(payload);
    await expectNothingStored(intake, async () => {
      const wrong = await intake.send({ ...made, secret: newSecret(kind) }, payload);
      expect(wrong).toMatchObject({
        status: 401,
        body: { ok: false, error: expect.stringContaining('does not fit') as string },
      });
      const none = await intake.post(slug, { body });
      expect(none).toMatchObject({
        status: 401,
        body: { error: expect.stringMatching(/^The header .+ is missing\.$/) as string },
      });
      const empty = Object.fromEntries(
        Object.keys(signed(kind, made.secret, body, { at, slug })).map((name) => [name, '']),
      );
      expect((await intake.post(slug, { headers: empty, body })).status).toBe(401);
      if (kind === 'token') return;
      const headers = signed(kind, made.secret, body, { at, slug });
      const changed = Buffer.from(body.toString().replace('example', 'exempla'));
      expect((await intake.post(slug, { headers, body: changed })).status).toBe(401);
    });
    const { lead } = await intake.stored();
    expect(lead).toBe(0);
  },
);

test.each(timed)('a $kind request is good for five minutes, and no longer', async ({ kind, payload }) => {
  const intake = await startIntake();
  const made = await intake.source(kind);
  const { now } = intake.world;
  await expectNothingStored(intake, async () => {
    for (const at of [now - 5 * minute - 1000, now + 5 * minute + 1000, 0]) {
      const stale = await intake.send(made, payload, { at });
      expect(stale).toMatchObject({
        status: 401,
        body: { error: expect.stringContaining('more than five minutes ago or ahead') as string },
      });
    }
  });
  expect((await intake.send(made, payload, { at: now - 5 * minute + 1000 })).status).toBe(200);
});

test.each(timed)('a $kind request with a time that is none is refused', async ({ kind, payload }) => {
  const intake = await startIntake();
  const made = await intake.source(kind);
  const { slug } = made.source;
  const headers = signed(kind, made.secret, bytesOf(payload), { at: NaN, slug });
  expect((await intake.post(slug, { headers, body: payload })).status).toBe(401);
});

describe('HubSpot', () => {
  test.each([
    ['x-api-key', (secret: string) => secret],
    ['authorization', (secret: string) => `Bearer ${secret}`],
  ])('a workflow without an app shows its key in %s', async (name, value) => {
    const intake = await startIntake();
    const made = await intake.source('hubspot');
    const post = (secret: string): Promise<{ status: number }> =>
      intake.post(made.source.slug, { headers: { [name]: value(secret) }, body: hubspotFlat });
    expect((await post('something-else')).status).toBe(401);
    expect((await post(made.secret)).status).toBe(200);
  });

  test('a wrong signature is not excused by a right key', async () => {
    const intake = await startIntake();
    const made = await intake.source('hubspot');
    const headers = {
      'x-api-key': made.secret,
      ...signed('hubspot', 'another-secret-of-theirs', bytesOf(hubspotFlat), {
        at: intake.world.now,
        slug: made.source.slug,
      }),
    };
    expect((await intake.post(made.source.slug, { headers, body: hubspotFlat })).status).toBe(401);
  });

  test('without PUBLIC_URL the signature covers the name that was asked for, over HTTPS', async () => {
    const intake = await startIntake({ publicUrl: undefined });
    const made = await intake.source('hubspot');
    const headers = signed('hubspot', made.secret, bytesOf(hubspotFlat), {
      at: intake.world.now,
      slug: made.source.slug,
    });
    expect((await intake.post(made.source.slug, { headers, body: hubspotFlat })).status).toBe(401);
    const { secret } = made;
    const at = String(intake.world.now);
    const uri = intake.address(made.source.slug).replace('http:', 'https:');
    const signature = createHmac('sha256', secret)
      .update(`POST${uri}${JSON.stringify(hubspotFlat)}${at}`)
      .digest('base64');
    const own = { 'x-hubspot-signature-v3': signature, 'x-hubspot-request-timestamp': at };
    expect((await intake.post(made.source.slug, { headers: own, body: hubspotFlat })).status).toBe(200);
  });
});

test('Standard Webhooks: one of several signatures is enough, and the id is covered', async () => {
  const intake = await startIntake();
  const made = await intake.source('json');
  const body = bytesOf(plainLead);
  const headers = signed('json', made.secret, body, { at: intake.world.now });
  const other = `v1,${Buffer.alloc(32).toString('base64')} v1a,xyz`;
  const renamed = { ...headers, 'webhook-id': 'msg_2' };
  expect((await intake.post('website', { headers: renamed, body })).status).toBe(401);
  const several = { ...headers, 'webhook-signature': `${other} ${headers['webhook-signature'] ?? ''}` };
  expect((await intake.post('website', { headers: several, body })).status).toBe(200);
});

test('a secret that the service has made is taken as it was pasted', async () => {
  const intake = await startIntake();
  const secret = `whsec_${Buffer.alloc(24, 7).toString('base64')}`;
  const made = await intake.source('json', 'Clerk', secret);
  expect((await intake.send({ ...made, secret }, plainLead)).status).toBe(200);
});

test('a signature of one source opens no other', async () => {
  const intake = await startIntake();
  const first = await intake.source('tally', 'First');
  const second = await intake.source('tally', 'Second');
  expect((await intake.send({ ...first, source: second.source }, tallyContact)).status).toBe(401);
  expect((await intake.send(second, tallyContact)).status).toBe(200);
});
