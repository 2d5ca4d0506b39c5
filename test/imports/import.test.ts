import type { KnownBlock, ModalView } from '@slack/types';
import { sql } from 'kysely';
import { pino } from 'pino';
import { describe, expect, test } from 'vitest';
import { importRows } from '../../src/imports/batch.ts';
import { mappingOf, planOf, teamOfImport } from '../../src/imports/import.ts';
import { ImportRunner } from '../../src/imports/runner.ts';
import type { ImportRow } from '../../src/imports/store.ts';
import type { Message, Outcome } from '../../src/sandbox/index.ts';
import { memoryLog } from '../support/memory-log.ts';
import {
  channels,
  people,
  type PersonName,
  startWorld,
  temporaryFile,
  textOf,
  type World,
} from '../support/world.ts';

const twoPeople =
  'First name;Last name;Email;Phone;Company\nAda;Lovelace;ada@analytical.example;+49 30 901820;Analytical Engines\nGrace;Hopper;grace@navy.example;;Navy Yard\n';

interface GivenFile {
  name: string;
  content: string;
  encoding?: 'base64';
}

/** Chooses a file in the form. @returns once its preview, or what is wrong with it, is shown */
async function choose(
  world: World,
  person: PersonName,
  file: GivenFile,
  channel?: 'marketing',
): Promise<Outcome> {
  await world.command(person, '/leads import', channel);
  return world.submit(person, { file });
}

interface ImportOptions {
  person?: PersonName;
  name?: string;
  /** What is changed in the preview. */
  values?: Record<string, unknown>;
  channel?: 'marketing';
}

/** Imports a file as it is previewed. @returns once all of it is in */
async function importFile(
  world: World,
  content: string,
  { person = 'alice', name = 'contact_list.csv', values = {}, channel }: ImportOptions = {},
): Promise<void> {
  await choose(world, person, { name, content }, channel);
  await world.submit(person, values);
  await finished(world);
}

async function finished(world: World): Promise<void> {
  await world.app.imports.run();
  await world.settle();
}

function modal(world: World, person: PersonName): ModalView {
  const view = world.sandbox.view(people[person]);
  if (!view) throw new Error(`${person} sees no modal.`);
  return view as unknown as ModalView;
}

function modalText(world: World, person: PersonName): string {
  return textOf({ ts: '', text: '', blocks: modal(world, person).blocks } as unknown as Message);
}

/** What each column of the preview is filled in with, by its label. */
function chosen(world: World, person: PersonName): Record<string, string> {
  const blocks = modal(world, person).blocks as KnownBlock[];
  const fields = blocks.flatMap((block) =>
    block.type === 'input' && block.element.type === 'static_select'
      ? [[block.label.text, block.element.initial_option?.value ?? ''] as const]
      : [],
  );
  return Object.fromEntries(fields);
}

/** The newest direct message that is no reply in a thread, in the app's words. */
function told(world: World, person: PersonName): string {
  const messages = world.sandbox.directMessages(people[person]);
  return textOf(messages.filter((message) => (message.thread_ts ?? message.ts) === message.ts).at(-1));
}

/** The file in the thread of the progress message. */
async function givenBack(world: World, person: PersonName): Promise<string | undefined> {
  const file = world.sandbox
    .directMessages(people[person])
    .filter((message) => message.thread_ts !== undefined)
    .flatMap((message) => (message['files'] ?? []) as { url_private: string; permalink: string }[])
    .at(-1);
  return file && (await fetch(file.permalink)).text();
}

describe('the preview', () => {
  test('shows what was read in the file, and imports nothing', async () => {
    const world = await startWorld();
    await choose(world, 'alice', { name: 'contact_list.csv', content: twoPeople });
    const text = modalText(world, 'alice');
    expect(text).toContain(
      '*contact_list.csv* · 2 rows · UTF-8 · separated by semicolons · headings in the first row',
    );
    expect(text).toContain('1. Ada · Lovelace · ada@analytical.example · +49 30 901820 · Analytical Engines');
    expect(chosen(world, 'alice')).toEqual({
      'First name': 'firstName',
      'Last name': 'lastName',
      Email: 'email',
      Phone: 'phone',
      Company: 'account',
    });
    expect(JSON.stringify(modal(world, 'alice').blocks)).toContain('"initial_value":"contact list"');
    await finished(world);
    expect(await world.leads()).toEqual([]);
  });

  test('of 100 columns shows the 30 that say most, and fits into a modal', async () => {
    const world = await startWorld();
    const headings = Array.from({ length: 100 }, (_, index) => (index === 98 ? 'Email' : `Answer ${index}`));
    const row = headings.map((_, index) => (index === 98 ? 'ada@x.example' : 'x'.repeat(200)));
    await choose(world, 'alice', { name: 'wide.csv', content: `${headings.join()}\n${row.join()}\n` });
    expect(Object.keys(chosen(world, 'alice'))).toHaveLength(30);
    expect(chosen(world, 'alice')).toMatchObject({ Email: 'email', 'Answer 0': 'detail' });
    expect(modalText(world, 'alice')).toContain('70 more columns');
  });

  test('nothing in a file becomes a mention or a link', async () => {
    const world = await startWorld();
    await choose(world, 'alice', {
      name: '<!channel>.csv',
      content: 'Email,"<!here> & co"\nada@x.example,<https://evil.example|click>\n',
    });
    const shown = JSON.stringify(modal(world, 'alice').blocks.filter((block) => block.type === 'section'));
    expect(shown.replace(`<#${channels.marketing}>`, '')).not.toMatch(/<[!@#h]/);
  });

  test('without a column for mail or phone it can’t be imported', async () => {
    const world = await startWorld();
    await choose(world, 'alice', { name: 'a.csv', content: twoPeople });
    const outcome = await world.submit('alice', { column_2: 'skip', column_3: 'skip' });
    expect(outcome.errors).toEqual({
      column_0: 'Say which column is the mail address or the phone number: one of them is needed.',
    });
  });
});

describe('an import', () => {
  test('makes a lead of each row, and tells who can do what next', async () => {
    const world = await startWorld();
    await importFile(world, twoPeople);
    expect(await world.leads()).toMatchObject([
      {
        name: 'Ada Lovelace',
        email: 'ada@analytical.example',
        phone: '+4930901820',
        account: 'Analytical Engines',
        source: 'contact list',
        way: 'import',
        added_by: people.alice,
        state: 'held',
      },
      { name: 'Grace Hopper', email: 'grace@navy.example', phone: null },
    ]);
    expect(world.sandbox.view(people.alice)).toBeUndefined();
    expect(told(world, 'alice')).toContain('*contact_list.csv* is imported: 2 added (2 wait for marketing).');
    expect(told(world, 'alice')).toContain(
      '• Marketing: 2 wait in <#C0MARKETING> to be released or turned down.',
    );
  });

  test('of people who need nobody’s look goes to the reps at once', async () => {
    const world = await startWorld();
    await importFile(world, twoPeople, { values: { source: 'Webinar' } });
    expect(told(world, 'alice')).toContain('*contact_list.csv* is imported: 2 added.');
    expect(told(world, 'alice')).toContain(
      '• Reps: 2 are on offer in the lead channel; the cards come one after the other.',
    );
    expect(textOf(world.card(await world.newestLead()))).toContain('came to a webinar');
  });

  test('shows marketing the leads that wait, in one message', async () => {
    const world = await startWorld();
    await importFile(world, twoPeople);
    expect(world.posts('marketing').filter((message) => /contact_list/.test(textOf(message)))).toHaveLength(
      1,
    );
    expect(world.posts('leads').filter((message) => message.text.startsWith('Lead:'))).toEqual([]);
  });

  test('takes the columns as they were chosen', async () => {
    const world = await startWorld();
    await choose(world, 'alice', {
      name: 'a.csv',
      content: 'Who,Email,Seats\nAda Lovelace,ada@x.example,40\n',
    });
    await world.submit('alice', { column_0: 'name', column_2: 'title', source: 'The fair' });
    await finished(world);
    expect(await world.leads()).toMatchObject([{ name: 'Ada Lovelace', title: '40', source: 'The fair' }]);
  });

  test('of the same file a second time adds nothing, and the preview says so before', async () => {
    const world = await startWorld();
    await importFile(world, twoPeople);
    const before = await world.leads();
    await choose(world, 'bob', { name: 'again.csv', content: twoPeople });
    expect(modalText(world, 'bob')).toMatch(/<@U0ALICE> imported this file <!date/);
    await world.submit('bob', {});
    await finished(world);
    expect(await world.leads()).toEqual(before);
    expect(await world.db.selectFrom('signal').selectAll().execute()).toEqual([]);
    expect(told(world, 'bob')).toContain('*again.csv* is done. Nothing new: both were imported before.');
  });

  test('of the same rows in another file adds nothing either', async () => {
    const world = await startWorld();
    await importFile(world, twoPeople);
    await importFile(world, `\ufeff${twoPeople.replaceAll(';', ',').replaceAll('\n', '\r\n')}`, {
      name: 'x.csv',
    });
    expect(await world.leads()).toHaveLength(2);
    expect(told(world, 'alice')).toContain('Nothing new: both were imported before.');
  });

  test('counts people who are leads already as known, and says nothing in their threads', async () => {
    const world = await startWorld();
    const lead = await world.hubspotLead();
    await importFile(world, twoPeople);
    expect(await world.leads()).toHaveLength(2);
    expect(world.thread(lead)).toEqual([]);
    expect(told(world, 'alice')).toContain('1 added (1 waits for marketing), 1 known already.');
  });

  test('is for members in the lead channel, and for anybody in the marketing channel', async () => {
    const world = await startWorld();
    expect(await world.command('max', '/leads import')).toContain('You are not in Inbound');
    expect(await world.command('alice', '/leads import', 'sales')).toContain(
      'Type `/leads import` in a lead channel',
    );
    await importFile(world, twoPeople, { person: 'max', channel: 'marketing' });
    expect(await world.leads()).toHaveLength(2);
    expect(told(world, 'max')).toContain('2 added');
  });

  test('from the marketing channel of several teams asks whose leads they are', async () => {
    const world = await startWorld();
    const row = await world.db.selectFrom('sales_team').selectAll().executeTakeFirstOrThrow();
    await world.db
      .insertInto('sales_team')
      .values({ ...row, id: 2, name: 'Outbound' })
      .execute();
    const channel = { team_id: row.team_id, sales_team_id: 2, channel_id: channels.sales };
    await world.db.insertInto('lead_channel').values(channel).execute();
    await world.command('max', '/leads import', 'marketing');
    await world.submit('max', { team: '2', file: { name: 'contact_list.csv', content: twoPeople } });
    await world.submit('max', {});
    await finished(world);
    expect(await world.leads()).toMatchObject([
      { sales_team_id: 2, channel_id: channels.sales },
      { sales_team_id: 2 },
    ]);
  });

  test('does not stop at a row that meets a mistake of ours: that row comes back', async () => {
    const world = await startWorld();
    await sql`CREATE TRIGGER broken BEFORE INSERT ON lead WHEN new.name = 'Grace Hopper'
      BEGIN SELECT raise(ABORT, 'a mistake of ours'); END`.execute(world.db);
    await importFile(world, `${twoPeople}Alan;Turing;alan@bombe.example;;Bombe\n`);
    expect((await world.leads()).map((lead) => lead.name)).toEqual(['Ada Lovelace', 'Alan Turing']);
    expect(told(world, 'alice')).toContain('2 added (2 wait for marketing), 1 not imported.');
    expect(await givenBack(world, 'alice')).toContain(
      'Something went wrong on our side with this row: please try it once more;Grace;Hopper',
    );
  });

  test('keeps what else was answered', async () => {
    const world = await startWorld();
    await importFile(world, 'Email,Seats\nada@x.example,40\n');
    expect(JSON.parse((await world.newestLead()).details)).toEqual([{ label: 'Seats', value: '40' }]);
  });

  test('started twice by two clicks runs once', async () => {
    const world = await startWorld();
    await choose(world, 'alice', { name: 'a.csv', content: twoPeople });
    const viewId = (modal(world, 'alice') as unknown as { id: string }).id;
    await Promise.all([
      world.sandbox.submit({ user: people.alice, viewId, values: {} }),
      world.sandbox.submit({ user: people.alice, viewId, values: {} }).catch(() => undefined),
    ]);
    await finished(world);
    expect(await world.leads()).toHaveLength(2);
    expect(
      await world.db.selectFrom('audit').selectAll().where('action', '=', 'import.started').execute(),
    ).toHaveLength(1);
  });

  test('in Windows-1252 keeps umlauts', async () => {
    const world = await startWorld();
    const content = Buffer.from('Name;Email\nJürgen Groß;j@gross.example\n', 'latin1').toString('base64');
    await choose(world, 'alice', { name: 'a.csv', content, encoding: 'base64' });
    await world.submit('alice', {});
    await finished(world);
    expect((await world.newestLead()).name).toBe('Jürgen Groß');
  });
});

describe('rows that can’t be imported', () => {
  const mixed =
    'Name;Email;Phone;Message\nAda Lovelace;ada@analytical.example;;\nNo Body;;;Ghost Ltd\nBad Mail;bad@mail;;=HYPERLINK("http://evil.example")\nToo;many@x.example;;Cells;here\n';

  test('come back as a CSV with a reason, in the thread of the message', async () => {
    const world = await startWorld();
    await importFile(world, mixed);
    expect(told(world, 'alice')).toContain('1 added (1 waits for marketing), 3 not imported.');
    expect((await givenBack(world, 'alice'))?.split('\r\n')).toEqual(
      [
        '\ufeffReason;Name;Email;Phone;Message',
        'There is no mail address and no phone number;No Body;"";"";Ghost Ltd',
        '“bad@mail” is not a mail address, and there is no phone number;Bad Mail;bad@mail;"";"\'=HYPERLINK(""http://evil.example"")"',
        'The row has 5 cells, the headings are 4: put cells with a delimiter in them into quotation marks;Too;many@x.example;"";Cells;here',
        '',
      ].map((line, index) => (index === 0 ? line.slice(1) : line)),
    );
  });

  test('can be corrected in that file, which is then imported as it is', async () => {
    const world = await startWorld();
    await importFile(world, mixed);
    const corrected = (await givenBack(world, 'alice'))?.replace('bad@mail;', 'bad@mail.example;') ?? '';
    await importFile(world, corrected, { name: 'corrected.csv' });
    expect(await world.newestLead()).toMatchObject({
      name: 'Bad Mail',
      email: 'bad@mail.example',
      message: '=HYPERLINK("http://evil.example")',
    });
  });

  test('a person who may be a lead already comes back, for a person to decide', async () => {
    const world = await startWorld();
    await world.hubspotLead();
    await importFile(world, 'Name,Email\nAda Lovelace,countess@analytical.example\n');
    expect(await world.leads()).toHaveLength(1);
    expect(await givenBack(world, 'alice')).toContain(
      'May be Ada Lovelace (ada@analytical.example), who is a lead already',
    );
  });

  test('an import without any sends no file, and keeps none', async () => {
    const world = await startWorld();
    await importFile(world, twoPeople);
    expect(await givenBack(world, 'alice')).toBeUndefined();
    expect(await world.db.selectFrom('import_file').selectAll().execute()).toEqual([]);
  });
});

describe('a file that can’t be imported', () => {
  test.each([
    ['nothing but blank lines', ' \r\n\r\n', 'This file is empty.'],
    ['only headings', 'Name,Email\n', 'no rows under them'],
    ['an Excel file', `PK\x03\x04[Content_Types].xml`, 'This is an Excel file, whatever its name says.'],
    ['a cell of 3 MB', `Name,Email\nAda,${'x'.repeat(3_000_000)}\n`, 'Row 2 is longer than'],
    ['unclosed', 'Name,Email\n"Ada,ada@x.example\n', 'In row 2 a quotation mark'],
  ])('%s: the modal says so, and nothing is stored', async (_name, content, sentence) => {
    const world = await startWorld();
    await choose(world, 'alice', { name: 'leads.csv', content });
    expect(modalText(world, 'alice')).toContain(sentence);
    expect(await world.db.selectFrom('lead_import').selectAll().execute()).toEqual([]);
    expect(await world.leads()).toEqual([]);
  });

  test('more than 20 MB', async () => {
    const world = await startWorld();
    await choose(world, 'alice', { name: 'leads.csv', content: `Email\n${'a'.repeat(20_000_000)}` });
    expect(modalText(world, 'alice')).toContain('This file is larger than 20 MB.');
  });

  test('one that has vanished from Slack', async () => {
    const world = await startWorld();
    world.sandbox.faults([{ do: 'drop', match: { method: 'files.info' } }]);
    await choose(world, 'alice', { name: 'leads.csv', content: twoPeople });
    expect(modalText(world, 'alice')).toContain(
      'I could not get the file from Slack. Please choose it once more.',
    );
  });
});

test('a batch ends as soon as others have waited, and what it did is kept', async () => {
  const world = await startWorld();
  const row = await startedOnly(world, twoPeople);
  const mapping = mappingOf(planOf(row));
  const rows = ['ada', 'grace', 'alan'].map((name) => ['', name, `${name}@x.example`]);
  const figures = await world.app.transact(async (work) => {
    const team = await teamOfImport(work, row);
    let looked = 0;
    return importRows(work, row, { team, mapping }, rows, () => (looked += 1) === 2);
  });
  expect(figures).toEqual({ next_row: 2, added: 2, held: 2, known: 0, repeated: 0, twice: 0, bad: 0 });
  expect(await importNow(world)).toMatchObject(figures);
  expect((await world.leads()).map((lead) => lead.name)).toEqual(['ada', 'grace']);
});

test('a stored file that can’t be read any more ends the import, and the person hears of it', async () => {
  const world = await startWorld();
  await choose(world, 'alice', { name: 'contact_list.csv', content: twoPeople });
  const content = Buffer.from(`First name;Last name;Email\n${'No;Body;none\n'.repeat(200)}"unclosed`);
  await world.db.updateTable('import_file').set({ content }).execute();
  await world.submit('alice', {});
  await finished(world);
  expect(told(world, 'alice')).toContain('*contact_list.csv could not be read to its end.*');
  expect(told(world, 'alice')).toContain('Import it once more: what is in stays in, once.');
  expect(await world.db.selectFrom('import_bad_row').selectAll().execute()).toEqual([]);
});

/** A runner that others may interrupt after each of its transactions. */
function runnerOf(world: World, after: (transaction: number) => unknown): ImportRunner {
  let done = 0;
  const guard: ConstructorParameters<typeof ImportRunner>[0]['guard'] = {
    transact: async (unit) => {
      const result = await world.app.transact(unit);
      await after((done += 1));
      return result;
    },
  };
  return new ImportRunner({ guard, clock: world.sandbox.clock, log: pino({ level: 'silent' }) });
}

/** A file that is started, and that nobody imports yet. */
async function startedOnly(world: World, content: string): Promise<ImportRow> {
  await choose(world, 'alice', { name: 'list.csv', content });
  await world.app.imports.stop();
  await world.submit('alice', {});
  return importNow(world);
}

async function importNow(world: World): Promise<ImportRow> {
  return world.db.selectFrom('lead_import').selectAll().executeTakeFirstOrThrow();
}

/** Every fiftieth of them can't be imported. */
function listOf(many: number): string {
  const rows = Array.from({ length: many }, (_, index) =>
    index % 50 === 7 ? `Bad ${index},none` : `Ada ${index},ada${index}@x${index}.example`,
  );
  return `Name,Email\n${rows.join('\n')}\n`;
}

async function expectEveryRowOnce(world: World, many: number): Promise<void> {
  const leads = await world.leads();
  expect(leads).toHaveLength(many - many / 50);
  expect(new Set(leads.map((lead) => lead.email)).size).toBe(leads.length);
  expect(await importNow(world)).toMatchObject({ state: 'done', next_row: many, bad: many / 50, known: 0 });
  expect((await givenBack(world, 'alice'))?.match(/\r\n/g)).toHaveLength(many / 50 + 1);
}

describe('a restart in the middle', () => {
  test('goes on where it stopped: every row is in once', async () => {
    const world = await startWorld({ databasePath: temporaryFile('import.db') });
    await startedOnly(world, listOf(300));
    // Looks for the import, reads its file, takes a part in.
    const runner = runnerOf(world, (transaction) => transaction === 3 && void runner.stop());
    await runner.run();
    const { next_row: stoppedAt } = await importNow(world);
    expect(stoppedAt).toBeGreaterThan(0);
    expect(stoppedAt).toBeLessThan(300);
    await world.goDown();
    await world.comeBack();
    await finished(world);
    await expectEveryRowOnce(world, 300);
  });

  test('the app stops cleanly, and nothing is written after that', async () => {
    const memory = memoryLog();
    const world = await startWorld({ databasePath: temporaryFile('import.db'), log: memory.log });
    await choose(world, 'alice', { name: 'list.csv', content: listOf(2000) });
    await world.sandbox.submit({ user: people.alice, values: {} });
    await expect
      .poll(async () => (await importNow(world)).next_row, { interval: 1, timeout: 15_000 })
      .toBeGreaterThan(0);
    const { imports } = world.app;
    await world.goDown();
    await imports.run();
    expect(memory.errors()).toEqual([]);
  });

  test('a runner that was stopped starts nothing, and stopping again is fine', async () => {
    const world = await startWorld();
    await startedOnly(world, listOf(50));
    await world.app.imports.run();
    await world.app.imports.stop();
    expect(await importNow(world)).toMatchObject({ state: 'running', next_row: 0 });
  });
});

describe('two runners at once', () => {
  test('take no row twice and lose none', async () => {
    const world = await startWorld();
    await startedOnly(world, listOf(300));
    const other = runnerOf(world, () => undefined);
    const runner = runnerOf(world, async (transaction) => {
      if (transaction === 3) await other.run();
    });
    await runner.run();
    await world.settle();
    await expectEveryRowOnce(world, 300);
  });

  test('the one that comes late does not call failed what the other has finished', async () => {
    const world = await startWorld();
    await startedOnly(world, twoPeople);
    const runner = runnerOf(world, async (transaction) => {
      if (transaction === 1) await runnerOf(world, () => undefined).run();
    });
    await runner.run();
    expect((await importNow(world)).state).toBe('done');
  });
});

test('a file that meets a mistake of ours is given up, and the next one comes in', async () => {
  const world = await startWorld();
  const { id } = await startedOnly(world, twoPeople);
  await choose(world, 'bob', { name: 'second.csv', content: 'Name,Email\nAlan,alan@bombe.example\n' });
  await world.submit('bob', {});
  await world.db.updateTable('lead_import').set({ format: '{}' }).where('id', '=', id).execute();
  await runnerOf(world, () => undefined).run();
  await world.settle();
  expect((await world.leads()).map((lead) => lead.name)).toEqual(['Alan']);
  expect(told(world, 'alice')).toContain('*list.csv could not be read to its end.*');
  expect(told(world, 'bob')).toContain('1 added');
});

test('a preview that nobody answers is let go of after a day', async () => {
  const world = await startWorld();
  await choose(world, 'alice', { name: 'a.csv', content: twoPeople });
  await world.advance('1d');
  await world.advance('2m');
  expect(await world.db.selectFrom('import_file').selectAll().execute()).toEqual([]);
  await world.submit('alice', {});
  expect(world.refusal('alice')).toContain(
    'This file is no longer there. Type `/leads import` and choose it once more.',
  );
});

test('the message is updated in place while a long list comes in', async () => {
  const world = await startWorld();
  const rows = Array.from({ length: 4500 }, (_, index) => `ada${index}@x${index}.example`);
  await importFile(world, `Email\n${rows.join('\n')}\n`);
  const messages = world.sandbox.directMessages(people.alice);
  expect(messages.filter((message) => textOf(message).includes('contact_list.csv'))).toHaveLength(1);
  const updates = await world.db.selectFrom('outbox').select('id').where('kind', '=', 'update').execute();
  expect(updates.length).toBeLessThanOrEqual(3);
  expect(told(world, 'alice')).toContain('4,500 added');
});
