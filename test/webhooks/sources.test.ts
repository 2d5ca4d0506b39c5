import { describe, expect, test } from 'vitest';
import { awaitView } from '../../src/demo/await-view.ts';
import type { Message, Outcome } from '../../src/sandbox/index.ts';
import { hostileTexts } from '../support/hostile.ts';
import { people, textOf, type World } from '../support/world.ts';
import { plainLead } from './samples/generic.ts';
import { tallyContact } from './samples/tally.ts';
import { bytesOf, type Intake, signed, startIntake } from './support.ts';

function view(world: World): NonNullable<ReturnType<World['sandbox']['view']>> {
  const shown = world.sandbox.view(people.mona);
  if (!shown) throw new Error('Mona sees no form.');
  return shown;
}

/** Everything that the form on top says. */
function said(world: World): string {
  return textOf({ ts: '', blocks: view(world).blocks } as unknown as Message);
}

/** Presses a button of the form on top, and waits for what the app shows next. @param value the source's id */
async function press(world: World, actionId: string, value?: string): Promise<void> {
  const action = { action_id: actionId, ...(value !== undefined && { block_id: `source_${value}` }) };
  const shown = new Promise<void>((done) => {
    const stop = world.sandbox.onChange((change) => {
      if (change.type !== 'view') return;
      stop();
      done();
    });
  });
  await world.sandbox.interact({ viewId: view(world).id, user: people.mona, action });
  await shown;
  await world.settle();
}

async function openSources(world: World): Promise<void> {
  await world.command('mona', '/leads setup');
  await awaitView(world.sandbox, people.mona);
  await press(world, 'sources');
}

async function make(world: World, values: Record<string, unknown>): Promise<Outcome> {
  await openSources(world);
  await press(world, 'source_new');
  return world.submit('mona', values);
}

/** The address and the secret, as a manager copies them from the form. */
function copied(world: World): { address: string; secret: string } {
  const [address = '', secret = ''] = [...said(world).matchAll(/```([^`]+)```/g)].map((found) => found[1]);
  return { address, secret };
}

function slugOf(address: string): string {
  return address.split('/').at(-1) ?? '';
}

test('a manager makes a source, pastes what it shows, and the next form fill is a card; sent again, it is one still', async () => {
  const intake = await startIntake();
  const { world } = intake;
  await make(world, { name: 'Contact form (DE)', kind: 'tally' });
  expect(said(world)).toContain('*Contact form (DE)* is ready');
  expect(said(world)).toContain('shown only this once');
  expect(said(world)).toContain('In Tally open the form');
  const { address, secret } = copied(world);
  expect(address).toBe('https://leads.example.com/intake/1/contact-form-de');

  const body = bytesOf(tallyContact);
  const headers = signed('tally', secret, body, {});
  expect((await intake.post(slugOf(address), { headers, body })).body).toEqual({ ok: true });
  const lead = await world.newestLead();
  expect(textOf(world.card(lead))).toContain('Hedy Lamarr');
  expect((await intake.post(slugOf(address), { headers, body })).body).toEqual({ ok: true, repeat: true });
  expect(await world.leads()).toHaveLength(1);
  expect(world.posts('leads').filter((post) => textOf(post).includes('Hedy Lamarr'))).toHaveLength(1);

  await press(world, 'sources:back');
  expect(said(world)).toMatch(/\*Contact form \(DE\)\* · Tally\n`https:[^`]+`\nLast received <!date/);
  expect(said(world)).not.toContain(secret);
});

async function startWithSource(
  kind: string,
): Promise<{ intake: Intake; world: World; address: string; secret: string }> {
  const intake = await startIntake();
  await make(intake.world, { name: 'Website', kind });
  const { address, secret } = copied(intake.world);
  await press(intake.world, 'sources:back');
  return { intake, world: intake.world, address, secret };
}

test('when nothing comes, the list says that a request was refused, when and why', async () => {
  const { intake, world, secret } = await startWithSource('tally');
  expect(said(world)).toMatch(/Nothing received yet$/m);
  const body = bytesOf(tallyContact);
  await intake.post('website', { headers: signed('tally', `${secret}x`, body, {}), body });
  await press(world, 'source_rotate', '1');
  await world.submit('mona', {});
  await press(world, 'sources:back');
  expect(said(world)).toMatch(
    /Nothing received yet .*\n:warning: Last refused <!date.*>: The signature or key does not fit the secret/,
  );
  expect(said(world)).not.toContain(secret);
});

test('rotating shows a new secret once, says how long the old one is good, and names who did it', async () => {
  const { intake, world, secret } = await startWithSource('token');
  await press(world, 'source_rotate', '1');
  expect(said(world)).toContain('The old one stays good for 24 hours');
  await world.submit('mona', {});
  const fresh = copied(world).secret;
  expect(fresh).not.toBe(secret);
  for (const token of [secret, fresh]) {
    const headers = { authorization: `Bearer ${token}` };
    expect((await intake.post('website', { headers, body: plainLead })).status).toBe(200);
  }
  await press(world, 'sources:back');
  expect(said(world)).toContain('the old secret is good until');
  const actions = await world.db
    .selectFrom('audit')
    .select(['actor', 'action'])
    .where('action', 'like', 'source.%')
    .execute();
  expect(actions).toEqual([
    { actor: people.mona, action: 'source.created' },
    { actor: people.mona, action: 'source.rotated' },
  ]);
});

test('a removed source is gone from the list, and its address answers 404', async () => {
  const { intake, world, secret } = await startWithSource('token');
  await press(world, 'source_remove', '1');
  expect(said(world)).not.toContain('/intake/1/website');
  const headers = { authorization: `Bearer ${secret}` };
  expect((await intake.post('website', { headers, body: plainLead })).status).toBe(404);
  const row = await world.db.selectFrom('webhook_source').select('secret').executeTakeFirstOrThrow();
  expect(row.secret).toBe('');
});

test('Webflow makes the secret itself: first the address, then the secret is pasted', async () => {
  const { world, secret } = await startWithSource('webflow');
  expect(secret).toBe('');
  await press(world, 'source_rotate', '1');
  expect((await world.submit('mona', { secret: '' })).errors).toBeDefined();
  await world.submit('mona', { secret: '0123456789abcdef0123456789abcdef' });
  expect(said(world)).toContain('The secret comes from the service.');
  expect(said(world)).not.toContain('0123456789abcdef');
});

describe('mapping', () => {
  const shop = { order: { buyer: { mail: 'ada@analytical.example', called: 'Ada Lovelace' } }, total: 12 };
  const lines = 'email = order.buyer.mail\nname = order.buyer.called';

  test('what a sample is read as is shown before it is saved, and then the next lead is read so', async () => {
    const { intake, world, secret } = await startWithSource('token');
    await press(world, 'source_mapping', '1');
    await world.submit('mona', { mapping: lines, sample: JSON.stringify(shop) });
    expect(said(world)).toContain('>*name:* Ada Lovelace');
    expect(said(world)).toContain('>*email:* ada@analytical.example');
    const row = (): Promise<{ mapping: string | null }> =>
      world.db.selectFrom('webhook_source').select('mapping').executeTakeFirstOrThrow();
    expect(await row()).toEqual({ mapping: null });
    await world.submit('mona', { mapping: lines, sample: JSON.stringify(shop) });
    expect(said(world)).toContain('is saved');
    expect(JSON.parse((await row()).mapping ?? '')).toEqual({
      email: 'order.buyer.mail',
      name: 'order.buyer.called',
    });
    const headers = { authorization: `Bearer ${secret}` };
    await intake.post('website', { headers, body: shop });
    expect(await world.newestLead()).toMatchObject({
      name: 'Ada Lovelace',
      email: 'ada@analytical.example',
      source: 'Website',
    });
  });

  test('a sample without contact says what will happen to such leads', async () => {
    const { world } = await startWithSource('json');
    await press(world, 'source_mapping', '1');
    await world.submit('mona', { mapping: 'email = nowhere', sample: '{"a":1}' });
    expect(said(world)).toContain('neither a mail address nor a phone number');
  });

  test.each([
    [{ mapping: 'mail = a', sample: '' }, 'mapping', 'Line 1: I have no field “mail”'],
    [{ mapping: '', sample: '{' }, 'sample', 'not valid JSON'],
    [{ mapping: '', sample: '{}' }, 'sample', 'no value in this sample'],
  ])('%j is refused at its field', async (values, field, sentence) => {
    const { world } = await startWithSource('json');
    await press(world, 'source_mapping', '1');
    const outcome = await world.submit('mona', values);
    expect(outcome.errors?.[field]).toContain(sentence);
  });

  test('no lines at all take a mapping back', async () => {
    const { world } = await startWithSource('json');
    await press(world, 'source_mapping', '1');
    await world.submit('mona', { mapping: lines });
    await press(world, 'sources:back');
    await press(world, 'source_mapping', '1');
    expect(JSON.stringify(view(world).blocks)).toContain('order.buyer.mail');
    await world.submit('mona', { mapping: '' });
    const row = await world.db.selectFrom('webhook_source').select('mapping').executeTakeFirstOrThrow();
    expect(row.mapping).toBeNull();
  });
});

describe('the form for a new source', () => {
  test.each([
    [{ name: '…', kind: 'tally' }, 'name'],
    [{ name: 'Form', kind: 'tally', secret: 'short' }, 'secret'],
    [{ name: 'Form', kind: 'token', secret: 'one-of-my-own-choosing' }, 'secret'],
    [{ name: 'Form', kind: 'json', secret: 'no-whsec-in-front-of-it' }, 'secret'],
  ])('%j gets a sentence at its field, and nothing is made', async (values, field) => {
    const { world } = await startIntake();
    expect(Object.keys((await make(world, values)).errors ?? {})).toEqual([field]);
    expect(await world.db.selectFrom('webhook_source').selectAll().execute()).toEqual([]);
  });

  test('names that make the same address are told apart', async () => {
    const { world } = await startIntake();
    const addresses: string[] = [];
    for (const name of ['Demo form', 'demo-FORM!', 'デモ', 'Zoë’s Übung']) {
      await make(world, { name, kind: 'token' });
      addresses.push(slugOf(copied(world).address));
      await world.sandbox.closeView({ user: people.mona });
      await world.sandbox.closeView({ user: people.mona });
    }
    expect(addresses).toEqual(['demo-form', 'demo-form-2', 'token', 'zoe-s-ubung']);
  });

  test.each(hostileTexts.filter(([, text]) => /[\p{L}\p{N}]/u.test(text)))(
    'a name of %s is shown harmlessly',
    async (_what, text) => {
      const { world } = await startIntake();
      await make(world, { name: text.slice(0, 60).toWellFormed(), kind: 'typeform' });
      expect(said(world)).toContain('is ready');
      expect(said(world)).not.toMatch(/<[!@#]|<https/);
      await press(world, 'sources:back');
      expect(view(world).callback_id).toBe('sources');
    },
  );
});

describe('who may', () => {
  test('a rep who gets hold of a button is refused', async () => {
    const { intake, world } = await startWithSource('token');
    const before = await intake.stored();
    for (const id of ['sources', 'source_new', 'source_rotate', 'source_mapping', 'source_remove']) {
      // Slack takes one message a second in a channel.
      world.sandbox.clock.set(world.now + 2000);
      const message = await world.oldMessage(id, '1');
      await world.click('bob', message, id);
      expect(world.lastWhisper('bob')).toContain("Only the team's managers can change its sources");
    }
    expect(world.sandbox.view(people.bob)).toBeUndefined();
    expect((await intake.stored())['audit']).toBe(before['audit']);
    const rows = await world.db.selectFrom('webhook_source').select(['rotated_at', 'removed_at']).execute();
    expect(rows).toEqual([{ rotated_at: null, removed_at: null }]);
  });

  test('a channel that is not set up has no sources yet', async () => {
    const { world } = await startIntake();
    await world.command('mona', '/leads setup', 'sales');
    await awaitView(world.sandbox, people.mona);
    expect(JSON.stringify(view(world).blocks)).not.toContain('Sources…');
  });
});

test('a list of as many sources as there may be still fits, and one more is refused with what to do', async () => {
  const intake = await startIntake();
  const { world } = intake;
  for (let number = 1; number <= 30; number += 1) await intake.source('token', `${number} ${'W'.repeat(55)}`);
  await openSources(world);
  expect(said(world)).toContain('*30 WWW');
  await press(world, 'source_new');
  await world.submit('mona', { name: 'One more', kind: 'token' });
  expect(world.refusal('mona')).toContain('There are 30 sources already. Remove one');
});
