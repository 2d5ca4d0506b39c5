import { expect, test } from 'vitest';
import type { Message } from '../../src/sandbox/index.ts';
import {
  channels,
  moment,
  newYork,
  startWorld,
  temporaryFile,
  textOf,
  type World,
} from '../support/world.ts';

function digests(world: World): Message[] {
  return world.posts('marketing').filter((post) => post.text.startsWith('Lead digest'));
}

function blockTypes(message: Message | undefined): unknown[] {
  return (message?.blocks ?? []).map((block) => block['type']);
}

/** Five leads, three reasons that count and one taken back, two closed; the week of Monday, 2 November. */
async function weekOfLeads(world: World): Promise<void> {
  const demo = [
    await world.demoLead('Ann One'),
    await world.demoLead('Ben Two'),
    await world.demoLead('Cid Three'),
  ];
  const pricing: typeof demo = [];
  for (const Email of ['dan@four.example', 'eve@five.example'])
    pricing.push(await world.hubspotLead({ Form: 'Pricing page', Email, Company: Email.slice(4) }));
  const [ann, ben, cid] = demo;
  const [dan, eve] = pricing;
  if (!ann || !ben || !cid || !dan || !eve) throw new Error('unreachable');
  await world.flag('alice', ann, 'too_small');
  await world.flag('bob', ben, 'too_small');
  await world.flag('alice', dan, 'missing_phone');
  await world.flag('carol', cid, 'competitor');
  await world.click('carol', world.whisper('carol'), 'flag_undo');
  await world.click('alice', world.card(ann), 'claim');
  await world.click('alice', world.card(ann), 'touch:email');
  await world.close('alice', ann, 'qualified', 'yes');
  await world.close('bob', eve, 'nurture', 'no');
}

const monday = moment('2026-11-09', '09:00');

test('the digest comes on Monday at nine, once', async () => {
  const world = await startWorld();
  await world.hubspotLead();
  await world.skipTo(monday - 60_000);
  expect(digests(world)).toEqual([]);
  await world.skipTo(monday);
  expect(digests(world)).toHaveLength(1);
  await world.advance('3m');
  await world.skipTo(moment('2026-11-15', '23:59'));
  expect(digests(world)).toHaveLength(1);
  await world.skipTo(moment('2026-11-16', '09:00'));
  expect(digests(world)).toHaveLength(2);
});

test('nine o’clock is the team’s own, across the end of daylight saving time', async () => {
  const world = await startWorld({ zone: newYork, startAt: moment('2026-10-28', '10:00', newYork) });
  const due = moment('2026-11-02', '09:00', newYork);
  expect(new Date(due).toISOString()).toBe('2026-11-02T14:00:00.000Z');
  await world.skipTo(due - 60_000);
  expect(digests(world)).toEqual([]);
  await world.skipTo(due);
  expect(digests(world)).toHaveLength(1);
  expect(digests(world)[0]?.text).toContain('Mon 26 Oct to Sun 1 Nov');
});

test('after downtime it comes once, late, about the week before', async () => {
  const world = await startWorld({ databasePath: temporaryFile('test.db') });
  await weekOfLeads(world);
  await world.goDown();
  world.sandbox.clock.set(moment('2026-11-10', '15:30'));
  await world.comeBack();
  expect(digests(world).map((digest) => digest.text)).toEqual([
    expect.stringContaining('Mon 2 Nov to Sun 8 Nov. 5 leads arrived'),
  ]);
  await world.goDown();
  await world.comeBack();
  expect(digests(world)).toHaveLength(1);
});

test('its numbers by source, reason and rank are those of the week', async () => {
  const world = await startWorld();
  await weekOfLeads(world);
  await world.skipTo(monday);
  await world.demoLead('Next Week');
  const [digest] = digests(world);
  const said = textOf(digest);
  expect(said).toContain('*Mon 2 Nov to Sun 8 Nov.* 5 leads arrived, 2 closed, 1 of them qualified.');
  expect(said).toMatch(
    /:ghost: 1 prospect closed without an answer: <[^|]*\/archives\/C0LEADS\/p\d+\|Ada Lovelace> \(by <@U0BOB>\)\./,
  );
  expect(said).toContain('*3 leads flagged as bad*. Most often: Company too small (2).');
  expect(said).toContain('Look at first: *Demo request* (2 flagged leads, company too small).');
  expect(said).toContain('*A · Asked for us*: 3 arrived, 1 closed, 1 of them qualified');
  expect(said).toContain('*B · Looked closely*: 2 arrived, 1 closed, none of them qualified');
  expect(said).not.toContain('Competitor');
  expect(said).toContain('*Marketing: what will you change this week?* Answer in this thread.');
});

test('the link on a prospect without an answer leads to the card', async () => {
  const world = await startWorld();
  await weekOfLeads(world);
  await world.skipTo(monday);
  const ts = /\/archives\/C0LEADS\/p(\d+)\|/.exec(textOf(digests(world)[0]))?.[1];
  const lead = (await world.leads()).find((entry) => entry.answered === 0);
  expect(ts).toBe(world.card({ id: lead?.id ?? 0 }).ts.replace('.', ''));
});

test('a lead with three reasons by one rep is one flagged lead', async () => {
  const world = await startWorld();
  const lead = await world.hubspotLead();
  for (const reason of ['too_small', 'no_budget', 'missing_phone']) await world.flag('alice', lead, reason);
  await world.skipTo(monday);
  const said = textOf(digests(world)[0]);
  expect(said).toContain('*1 lead flagged as bad*. No reason stands out.');
  expect(said).toContain('Look at first: *Demo request* (1 flagged lead).');
});

test('the chart and the table show the reasons by source', async () => {
  const world = await startWorld();
  await weekOfLeads(world);
  await world.skipTo(monday);
  const [digest] = digests(world);
  expect(blockTypes(digest)).toEqual([
    'header',
    'section',
    'section',
    'data_visualization',
    'context',
    'data_table',
    'section',
    'section',
  ]);
  const chart = digest?.blocks?.find((block) => block['type'] === 'data_visualization');
  expect(chart?.['chart']).toMatchObject({
    type: 'bar',
    axis_config: { categories: ['Company too small', 'Phone number missing'] },
    series: [
      { name: 'Demo request', data: [{ value: 2 }, { value: 0 }] },
      { name: 'Pricing page', data: [{ value: 0 }, { value: 1 }] },
    ],
  });
  const table = digest?.blocks?.find((block) => block['type'] === 'data_table');
  expect(JSON.stringify(table)).toContain('Pricing page');
});

test('where the server refuses charts the same numbers come as text', async () => {
  const world = await startWorld({ refusedBlock: 'data_visualization' });
  await weekOfLeads(world);
  await world.skipTo(monday);
  const [digest] = digests(world);
  expect(blockTypes(digest)).toEqual(['header', 'section', 'section', 'section', 'section', 'section']);
  expect(textOf(digest)).toMatch(/Company too small {14}█{20} 2\nPhone number missing {11}█{10} 1/);
  expect(textOf(digest)).toMatch(/Pricing page {19} {2}2 arrived, 1 flagged: Phone number missing 1/);
  const dead = await world.db.selectFrom('outbox').selectAll().where('state', '=', 'dead').execute();
  expect(dead).toEqual([]);
});

test('a week without a bad lead says so, and has no empty chart', async () => {
  const world = await startWorld();
  await world.hubspotLead();
  await world.skipTo(monday);
  const [digest] = digests(world);
  expect(textOf(digest)).toContain('No lead was flagged as bad.');
  expect(textOf(digest)).toContain('*A · Asked for us*: 1 arrived, none closed');
  expect(blockTypes(digest)).not.toContain('data_visualization');
});

test('a week without any lead is reported as well', async () => {
  const world = await startWorld();
  await world.skipTo(monday);
  expect(digests(world)[0]?.text).toContain('No lead arrived, none was closed.');
});

test('`/leads digest` shows the last seven days to the one who asks', async () => {
  const world = await startWorld();
  await weekOfLeads(world);
  await world.skipTo(world.now + 60_000);
  const told = await world.command('mona', '/leads digest', 'marketing');
  expect(told).toContain('*Tue 27 Oct to Mon 2 Nov.* 5 leads arrived, 2 closed, 1 of them qualified.');
  expect(told).not.toContain('Answer in this thread');
  expect(blockTypes(world.whisper('mona', 'marketing'))).toContain('data_visualization');
  expect(digests(world)).toEqual([]);
});

test('marketing may ask for the digest in its channel without being in the team', async () => {
  const world = await startWorld();
  expect(await world.command('max', '/leads digest', 'marketing')).toContain('Leads for marketing: Inbound');
});

test('where no team is near, `/leads digest` says where to type it', async () => {
  const world = await startWorld();
  expect(await world.command('max', '/leads digest', 'sales')).toContain('There is no digest here.');
  expect(world.sandbox.messages(channels.marketing).some((post) => post.ephemeral_to)).toBe(false);
});

test('a team that moves to another time zone on a Monday gets no second digest', async () => {
  const world = await startWorld();
  const digests = (): number =>
    world.posts('marketing').filter((post) => post.text?.startsWith('Lead digest')).length;
  await world.skipTo(moment('2026-11-09', '09:30'));
  expect(digests()).toBe(1);
  await world.command('mona', '/leads setup');
  await world.submitSetup({ zone: 'America/New_York' });
  await world.skipTo(moment('2026-11-09', '18:00'));
  expect(digests()).toBe(1);
});

test.each([
  ['as it is', 'Europe/Berlin'],
  ['in a zone where it is past nine already', 'Asia/Tokyo'],
])('a setup saved between nine and the tick, %s, drops no digest', async (_what, zone) => {
  const world = await startWorld();
  await world.skipTo(monday - 60_000);
  world.sandbox.clock.set(monday + 20_000);
  await world.command('mona', '/leads setup');
  await world.submit('mona', { zone, end: '18:00' });
  await world.skipTo(monday + 60_000);
  expect(digests(world)).toHaveLength(1);
  await world.skipTo(moment('2026-11-15', '20:00'));
  expect(digests(world)).toHaveLength(1);
});

test('a team that moves east past nine o’clock on the Monday still gets its digest', async () => {
  const world = await startWorld({ zone: newYork });
  await world.skipTo(moment('2026-11-09', '07:00', newYork));
  await world.command('mona', '/leads setup');
  await world.submit('mona', { zone: 'Europe/Berlin' });
  await world.skipTo(world.now + 60_000);
  expect(digests(world)).toHaveLength(1);
});

test('spam that nobody answered is no ghosted prospect', async () => {
  const world = await startWorld();
  const lead = await world.hubspotLead();
  await world.close('alice', lead, 'rejected', 'no', 'spam');
  await world.skipTo(world.now + 60_000);
  expect(await world.command('mona', '/leads digest')).toContain(
    'Everybody whose lead was closed got an answer.',
  );
});

test('who closes with “Not yet” leaves a ghosted prospect, whatever the reason, until they were told', async () => {
  const world = await startWorld();
  const lead = await world.hubspotLead();
  await world.close('alice', lead, 'rejected', 'no', 'bounced');
  await world.skipTo(world.now + 60_000);
  expect(await world.command('mona', '/leads digest')).toContain('1 prospect closed without an answer');
  await world.click('alice', world.card(lead), 'told');
  expect(await world.command('mona', '/leads digest')).toContain(
    'Everybody whose lead was closed got an answer.',
  );
});

test('a lead of before, flagged with a fact and closed without an answer, is no ghosted prospect', async () => {
  const world = await startWorld();
  const lead = await world.hubspotLead();
  await world.close('alice', lead, 'rejected', 'no', 'bounced');
  await world.skipTo(world.now + 60_000);
  await world.db.updateTable('lead').set({ needs_answer: null }).execute();
  expect(await world.command('mona', '/leads digest')).toContain(
    'Everybody whose lead was closed got an answer.',
  );
});
