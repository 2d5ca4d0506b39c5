import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { sql } from 'kysely';
import { describe, expect, onTestFinished, test } from 'vitest';
import { openDatabase } from '../../src/db/open.ts';
import type { Db } from '../../src/db/schema.ts';
import { PlaybookError } from '../../src/playbook/parse.ts';
import { Playbooks } from '../../src/playbook/playbooks.ts';
import { startWorld, temporaryFile } from '../support/world.ts';

const good = readFileSync('data/playbook.yml', 'utf8');
const changed = good.replace('nudgeAttempts: [3, 4, 6]', 'nudgeAttempts: [2]');
const mistaken = good.replace('attemptGap: 4h', 'attemptGap: soon');

function setting(content: string): {
  db: Db;
  path: string;
  playbooks: Playbooks;
  write: (text: string) => void;
} {
  const path = temporaryFile('playbook.yml');
  const write = (text: string): void => writeFileSync(path, text);
  write(content);
  const db = openDatabase(':memory:');
  onTestFinished(() => db.destroy());
  return { db, path, playbooks: new Playbooks(path, 'T1'), write };
}

async function versions(db: Db): Promise<number> {
  return (await db.selectFrom('playbook_version').selectAll().execute()).length;
}

describe('the start', () => {
  test('reads the file and keeps it as version 1', async () => {
    const { db, playbooks } = setting(good);
    expect(await playbooks.load(db, 1)).toBeUndefined();
    expect(playbooks.current.version).toBe(1);
    expect(playbooks.current.playbook.nudgeAttempts).toEqual([3, 4, 6]);
  });

  test('with a mistake and no earlier version it does not start', async () => {
    const { db, playbooks, path } = setting(mistaken);
    const failure = await playbooks.load(db, 1).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(PlaybookError);
    expect(String(failure)).toMatch(new RegExp(`${path}, line \\d+: attemptGap must be`));
  });

  test('without the file and no earlier version it says where the file should be', async () => {
    const { db, playbooks, path } = setting(good);
    rmSync(path);
    await expect(playbooks.load(db, 1)).rejects.toThrow(
      `${path} can't be read (ENOENT). Put the file back or set PLAYBOOK_PATH to where it is.`,
    );
  });

  test('with a mistake the last good version is used, and the mistake returned', async () => {
    const { db, path, playbooks, write } = setting(changed);
    await playbooks.load(db, 1);
    write(mistaken);
    const restarted = new Playbooks(path, 'T1');
    expect(await restarted.load(db, 2)).toBeInstanceOf(PlaybookError);
    expect(restarted.current.playbook.nudgeAttempts).toEqual([2]);
  });

  test('with the file as it was it makes no new version', async () => {
    const { db, path, playbooks } = setting(good);
    await playbooks.load(db, 1);
    const restarted = new Playbooks(path, 'T1');
    await restarted.load(db, 2);
    expect(restarted.current.version).toBe(1);
    expect(await versions(db)).toBe(1);
  });

  test('each workspace has versions of its own', async () => {
    const { db, path, playbooks } = setting(good);
    await playbooks.load(db, 1);
    const other = new Playbooks(path, 'T2');
    await other.load(db, 1);
    expect(other.current.version).toBe(1);
    expect(await versions(db)).toBe(2);
  });
});

describe('a change while the app runs', () => {
  test('becomes a new version; the one before stays for the leads that started with it', async () => {
    const { db, playbooks, write } = setting(good);
    await playbooks.load(db, 1);
    write(changed);
    expect(await playbooks.reload(db, 2)).toBe('changed');
    expect(playbooks.current.version).toBe(2);
    expect((await playbooks.version(db, 1)).nudgeAttempts).toEqual([3, 4, 6]);
  });

  test('an earlier version is read from the database after a restart', async () => {
    const { db, path, playbooks, write } = setting(good);
    await playbooks.load(db, 1);
    write(changed);
    const restarted = new Playbooks(path, 'T1');
    await restarted.load(db, 2);
    expect((await restarted.version(db, 1)).nudgeAttempts).toEqual([3, 4, 6]);
    expect((await restarted.version(db, 2)).nudgeAttempts).toEqual([2]);
  });

  test('no change is no version', async () => {
    const { db, playbooks, write } = setting(good);
    await playbooks.load(db, 1);
    write(good);
    expect(await playbooks.reload(db, 2)).toBe('unchanged');
  });

  test('the content of an earlier version is that version again', async () => {
    const { db, playbooks, write } = setting(good);
    await playbooks.load(db, 1);
    write(changed);
    await playbooks.reload(db, 2);
    write(good);
    expect(await playbooks.reload(db, 3)).toBe('changed');
    expect(playbooks.current.version).toBe(1);
    expect(await versions(db)).toBe(2);
  });

  test('after going back to an earlier version, a restart with a mistake keeps that one', async () => {
    const { db, path, playbooks, write } = setting(good);
    await playbooks.load(db, 1);
    write(changed);
    await playbooks.reload(db, 2);
    write(good);
    await playbooks.reload(db, 3);
    write(mistaken);
    const restarted = new Playbooks(path, 'T1');
    await restarted.load(db, 4);
    expect(restarted.current.playbook.nudgeAttempts).toEqual([3, 4, 6]);
  });

  test('a mistake is reported once, and the version before stays', async () => {
    const { db, playbooks, write } = setting(good);
    await playbooks.load(db, 1);
    write(mistaken);
    expect(await playbooks.reload(db, 2)).toBeInstanceOf(PlaybookError);
    expect(await playbooks.reload(db, 3)).toBe('unchanged');
    expect(playbooks.current.version).toBe(1);
  });

  test('a file that goes away is a mistake, one that comes back is used', async () => {
    const { db, path, playbooks, write } = setting(good);
    await playbooks.load(db, 1);
    rmSync(path);
    expect(await playbooks.reload(db, 2)).toBeInstanceOf(PlaybookError);
    expect(await playbooks.reload(db, 3)).toBe('unchanged');
    write(changed);
    expect(await playbooks.reload(db, 4)).toBe('changed');
  });

  test('an empty file is a mistake too', async () => {
    const { db, playbooks, write } = setting(good);
    await playbooks.load(db, 1);
    write('');
    expect(await playbooks.reload(db, 2)).toBeInstanceOf(PlaybookError);
  });

  test('a database that refuses the new version does not swallow the change', async () => {
    const { db, playbooks, write } = setting(good);
    await playbooks.load(db, 1);
    write(changed);
    await sql.raw('PRAGMA query_only = 1').execute(db);
    await expect(playbooks.reload(db, 2)).rejects.toThrow(/readonly/);
    await sql.raw('PRAGMA query_only = 0').execute(db);
    expect(await playbooks.reload(db, 3)).toBe('changed');
    expect(playbooks.current.playbook.nudgeAttempts).toEqual([2]);
  });
});

describe('the managers', () => {
  test('are told once about a mistake, with line and field; corrected, the file is used within a minute', async () => {
    const playbookPath = temporaryFile('playbook.yml');
    writeFileSync(playbookPath, good);
    const world = await startWorld({ playbookPath });
    const told = world.directMessages('mona').length;

    writeFileSync(playbookPath, mistaken);
    await world.advance('3m');
    const [message = '', ...more] = world.directMessages('mona').slice(told);
    expect(message).toMatch(/line \d+: attemptGap must be/);
    expect(more).toEqual([]);
    expect(world.directMessages('alice')).toEqual([]);
    const before = await world.hubspotLead();
    expect(before.playbook_version).toBe(1);

    writeFileSync(playbookPath, changed);
    await world.advance('1m');
    const after = await world.hubspotLead({
      'First Name': 'Grace',
      'Last Name': 'Hopper',
      Email: 'grace@navy.example',
    });
    expect(after.playbook_version).toBe(2);
    expect((await world.lead(before.id)).playbook_version).toBe(1);
    expect(world.directMessages('mona').slice(told)).toHaveLength(1);
  });
});
