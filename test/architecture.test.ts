import { describe, expect, test } from 'vitest';
import { circles, sourceFiles, type SourceFile } from './support/source.ts';

const files = sourceFiles();
const product = files.filter((file) => !['sandbox', 'demo'].includes(file.folder));

/** Folders for what exists once per process; all others are features. */
const onceFolders = ['db', 'demo', 'http', 'jobs', 'outbox', 'sandbox', 'slack'];
/** The files of a feature that talk to the outside: everything else in it only decides. */
const edgeFile = /(^|\/)(store|blocks|slack|tick|messages|[\w-]+-slot|[\w-]+-command)\.ts$/;

function where(found: readonly SourceFile[]): string[] {
  return found.map((file) => file.path);
}

function importing(found: readonly SourceFile[], of: RegExp): string[] {
  return found.flatMap((file) =>
    file.imports.filter((entry) => of.test(entry.of)).map((entry) => `${file.path} imports ${entry.of}`),
  );
}

test('the reader of imports finds what is there', () => {
  expect(files.length).toBeGreaterThan(100);
  const app = files.find((file) => file.path === 'app.ts');
  expect(app?.imports).toContainEqual({ of: '@slack/bolt', isPackage: true, isTypeOnly: false });
  expect(app?.imports).toContainEqual({ of: 'outbox/outbox.ts', isPackage: false, isTypeOnly: false });
  for (const file of files) {
    const written = file.code.match(/\bfrom '/g)?.length ?? 0;
    expect(file.imports.length, file.path).toBeGreaterThanOrEqual(written);
  }
});

describe('who may know what', () => {
  const deciding = product.filter(
    (file) => file.folder !== '' && !onceFolders.includes(file.folder) && !edgeFile.test(file.path),
  );

  test('a rule of a feature imports no Bolt, no SQL, no cron', () => {
    expect(deciding.length).toBeGreaterThan(30);
    const outside =
      /^(@slack\/(bolt|web-api|socket-mode)|kysely|better-sqlite3|node-cron|node:(fs|http|net|child_process).*)$/;
    const allowed = ['playbook/playbooks.ts imports node:fs'];
    expect(importing(deciding, outside).filter((found) => !allowed.includes(found))).toEqual([]);
  });

  test('a rule of a feature writes no query', () => {
    const query = /\b(selectFrom|insertInto|updateTable|deleteFrom)\(/;
    expect(where(deciding.filter((file) => query.test(file.code)))).toEqual([]);
  });

  test('only config.ts reads the environment; index.ts hands it over', () => {
    const readers = product.filter((file) => /\bprocess\.env\b/.test(file.code));
    expect(where(readers)).toEqual(['index.ts']);
    expect(readers[0]?.code.match(/process\.env/g)).toHaveLength(1);
    expect(readers[0]?.code).toContain('readConfig(process.env)');
  });

  test('only the outbox posts to Slack', () => {
    const posting = product.filter((file) => /\bchat\s*\.\s*\w+\(|['"]chat\.\w+['"]|\bsay\(/.test(file.code));
    expect(posting.length).toBeGreaterThan(0);
    expect(where(posting.filter((file) => file.folder !== 'outbox'))).toEqual([]);
  });

  test('only slack/ and the entry points know Bolt', () => {
    const others = product.filter(
      (file) => file.folder !== 'slack' && !['app.ts', 'index.ts'].includes(file.path),
    );
    expect(importing(others, /^@slack\/bolt/)).toEqual([]);
  });

  test('the sandbox imports nothing of the product', () => {
    const sandbox = files.filter((file) => file.folder === 'sandbox');
    const outside = sandbox.flatMap((file) =>
      file.imports
        .filter((entry) => !entry.isPackage && !entry.of.startsWith('sandbox/'))
        .map((entry) => `${file.path} imports ${entry.of}`),
    );
    expect(sandbox.length).toBeGreaterThan(20);
    expect(outside).toEqual([]);
  });

  test('the product imports neither the sandbox nor the demo', () => {
    expect(importing(product, /^(sandbox|demo)\//)).toEqual([]);
  });

  test('only the clock knows what time it is', () => {
    const asking = product.filter((file) =>
      /\bDate\.now\b|new Date\(\s*\)|\bperformance\.now\b/.test(file.code),
    );
    expect(where(asking)).toEqual(['calendar/clock.ts']);
  });
});

describe('no circles', () => {
  test('between folders', () => {
    const graph = new Map<string, Set<string>>();
    const edges: string[] = [];
    for (const file of files) {
      if (file.folder === '') continue;
      const targets = graph.get(file.folder) ?? new Set();
      graph.set(file.folder, targets);
      for (const entry of file.imports) {
        const target = entry.of.split('/')[0] ?? '';
        if (entry.isPackage || !entry.of.includes('/') || target === file.folder) continue;
        targets.add(target);
        edges.push(`${file.folder} → ${target}: ${file.path} imports ${entry.of}`);
      }
    }
    const inCircles = circles(graph).flatMap((group) =>
      edges.filter((edge) => {
        const [from = '', to = ''] = edge.split(/ → |: /);
        return group.includes(from) && group.includes(to);
      }),
    );
    expect(inCircles).toEqual([]);
  });

  test('between files', () => {
    const graph = new Map(
      files.map((file) => [
        file.path,
        new Set(
          file.imports.filter((entry) => !entry.isPackage && !entry.isTypeOnly).map((entry) => entry.of),
        ),
      ]),
    );
    expect(circles(graph)).toEqual([]);
  });

  test('the finder of circles finds circles', () => {
    const graph = new Map([
      ['a', new Set(['b'])],
      ['b', new Set(['c'])],
      ['c', new Set(['a', 'd'])],
      ['d', new Set<string>()],
    ]);
    expect(circles(graph)).toEqual([['a', 'b', 'c']]);
  });
});

test('no file is longer than 400 lines', () => {
  const long = files.filter((file) => file.text.split('\n').length > 401);
  expect(where(long)).toEqual([]);
});

test('files have kebab-case names and named exports', () => {
  const odd = files.filter((file) => !/^([a-z0-9-]+\/)*[a-z0-9]+(-[a-z0-9]+)*\.ts$/.test(file.path));
  expect(where(odd)).toEqual([]);
  expect(where(files.filter((file) => /^export default\b/m.test(file.code)))).toEqual([]);
});
