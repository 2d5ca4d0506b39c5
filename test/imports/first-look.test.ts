import type { ModalView } from '@slack/types';
import { describe, expect, test } from 'vitest';
import type { Message } from '../../src/sandbox/index.ts';
import { people, type PersonName, startWorld, textOf, type World } from '../support/world.ts';

type Channel = 'leads' | 'marketing';

async function choose(
  world: World,
  name: string,
  content: string,
  channel: Channel = 'leads',
  person: PersonName = 'alice',
): Promise<string> {
  await world.command(person, '/leads import', channel);
  await world.submit(person, { file: { name, content } });
  return shown(world, person);
}

function shown(world: World, person: PersonName = 'alice'): string {
  return textOf({ ts: '', text: '', blocks: modal(world, person).blocks } as unknown as Message);
}

function modal(world: World, person: PersonName = 'alice'): ModalView {
  const view = world.sandbox.view(people[person]);
  if (!view) throw new Error(`${person} sees no modal.`);
  return view as unknown as ModalView;
}

async function start(world: World, person: PersonName = 'alice'): Promise<void> {
  await world.submit(person, {});
  await world.app.imports.run();
  await world.settle();
}

function report(world: World, person: PersonName = 'alice'): string {
  const messages = world.sandbox.directMessages(people[person]);
  return textOf(messages.filter((message) => (message.thread_ts ?? message.ts) === message.ts).at(-1));
}

function list(many: number, more = ''): string {
  const rows = Array.from({ length: many }, (_, index) => `Ada ${index},ada@x${index}.example`);
  return `Name,Email${more}\n${rows.join('\n')}\n`;
}

describe('a file of more rows than the playbook’s listsFrom', () => {
  test('is a list whatever it is called: all of it waits, and the preview says so', async () => {
    const world = await startWorld();
    expect(await choose(world, 'webinar-3000.csv', list(21))).toContain(
      '*21 leads* of rank B (came to a webinar, from the source “webinar 3000”) will wait in <#C0MARKETING>; they are released from there in portions.',
    );
    await start(world);
    const leads = await world.leads();
    expect(leads.filter(({ state }) => state === 'held')).toHaveLength(21);
    expect(leads[0]?.held_reasons).toBe('["Part of a list of 21."]');
    expect(report(world)).toContain('21 added (21 wait for marketing).');
  });

  test('of as many rows goes to the reps', async () => {
    const world = await startWorld();
    expect(await choose(world, 'webinar.csv', list(20))).toContain(
      '*20 leads* of rank B (came to a webinar, from the source “webinar”) go to the reps at once.',
    );
    await start(world);
    expect((await world.leads()).filter(({ state }) => state === 'offered')).toHaveLength(20);
  });

  test('stays a list when a second list adds what was missing; who then comes by themselves goes on', async () => {
    const world = await startWorld();
    await choose(world, 'webinar.csv', list(21));
    await start(world);
    await choose(world, 'webinar 2.csv', `${list(21, ',Company').replaceAll('.example', '.example,Firm')}`);
    await start(world);
    expect((await world.leads()).map(({ state }) => state)).toEqual(Array<string>(21).fill('held'));
    expect(report(world)).toContain('*webinar 2.csv* is done. Nothing new: 21 known already.');
    await world.hubspotLead({ 'First Name': 'Ada', 'Last Name': '3', Email: 'ada@x3.example' });
    const gone = (await world.leads()).filter(({ state }) => state !== 'held');
    expect(gone).toMatchObject([{ email: 'ada@x3.example', state: 'offered', rank: 'A' }]);
  });
});

describe('the preview says', () => {
  test('by rank where the leads go, and why rows won’t', async () => {
    const world = await startWorld();
    const text = await choose(
      world,
      'a.csv',
      'Name,Email,Source\nA,a@x.example,Webinar\nB,b@x.example,Demo request\nC,c@x.example,Webinar\nC,C@x.example,Webinar\nNo,,Webinar\n=1+1,d@x.example,Webinar\nE,e@x.example,Bought\n',
    );
    expect(text).toContain('*3 leads* go to the reps at once: 1 A, 2 B.');
    expect(text).toContain(
      '*1 lead* of rank D (comes from a list, from the source “Bought”) will wait in <#C0MARKETING> until somebody releases it.',
    );
    expect(text).toContain(
      '4 can be imported, 1 is there twice, 1 has no usable mail or phone, 1 can’t be read and will come back with the reason.',
    );
  });

  test('which cells are empty', async () => {
    const world = await startWorld();
    const text = await choose(world, 'a.csv', 'Name,Phone,Email\nBen Gull,,ben@gull.example\n');
    expect(text).toContain('1. Ben Gull · – · ben@gull.example');
  });

  test('that there are no headings', async () => {
    const world = await startWorld();
    const text = await choose(world, 'a.csv', 'Ben,ben@gull.example,warm\nAda,ada@x.example,cold\n');
    expect(text).toContain('*No headings found: please check every column.*');
  });
});

describe('a file that can’t be read', () => {
  test('is told why in its form, where another one can be chosen', async () => {
    const world = await startWorld();
    expect(await choose(world, 'empty.csv', '\n')).toContain('This file is empty. Choose another one.');
    await world.submit('alice', { file: { name: 'a.csv', content: list(1) } });
    await start(world);
    expect(await world.leads()).toHaveLength(1);
  });
});

test('a newer preview of the same person takes the place of the older', async () => {
  const world = await startWorld();
  await choose(world, 'first.csv', list(2));
  await choose(world, 'bobs.csv', list(2), 'leads', 'bob');
  await choose(world, 'second.csv', list(3));
  const kept = await world.db.selectFrom('lead_import').select('file_name').orderBy('id').execute();
  expect(kept.map((row) => row.file_name)).toEqual(['bobs.csv', 'second.csv']);
  expect(await world.db.selectFrom('import_file').selectAll().execute()).toHaveLength(2);
});

test('where it was started, that person reads that it has begun', async () => {
  const world = await startWorld();
  await choose(world, 'odd.csv', list(2), 'marketing', 'max');
  await start(world, 'max');
  expect(world.lastWhisper('max', 'marketing')).toContain(
    'Importing *odd.csv*. I report in our direct messages.',
  );
});

describe('the report', () => {
  test('tells who releases leads that they wait for them', async () => {
    const world = await startWorld();
    await choose(world, 'contact list.csv', list(4), 'marketing', 'max');
    await start(world, 'max');
    expect(report(world, 'max')).toContain('4 added (4 wait for you).');
    expect(report(world, 'max')).toContain(
      '• You: 4 wait for you in <#C0MARKETING> to be released or turned down.',
    );
  });

  test('counts what is twice in the file, and what came before, apart', async () => {
    const world = await startWorld();
    await choose(world, 'webinar.csv', `${list(3)}Ada 1,ada@x1.example\nOther,ADA@x2.example\n`);
    await start(world);
    expect(report(world)).toContain('*webinar.csv* is imported: 3 added, 2 twice in this file.');
    await choose(world, 'webinar 2.csv', list(4));
    await start(world);
    expect(report(world)).toContain('*webinar 2.csv* is imported: 1 added, 3 imported before.');
    expect(await choose(world, 'webinar 2.csv', list(4))).toMatch(
      /:repeat: You imported this file <!date[^>]*>: 1 added, 3 imported before\. All 4 rows are the same, so nobody who came in then is added again\./,
    );
    await start(world);
    expect(report(world)).toContain('*webinar 2.csv* is done. Nothing new: all 4 were imported before.');
  });
});
