import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { promisify } from 'node:util';
import { describe, expect, test } from 'vitest';
import { kinds, type SourceKind } from '../../src/webhooks/kinds.ts';
import { type Intake, startIntake } from './support.ts';

const run = promisify(execFile);
const page = readFileSync('docs/webhooks.md', 'utf8');

/** The commands under each heading of the page, as an operator would copy them. */
const commands = [...page.matchAll(/^### (\w+)\n([^]*?)(?=^#)/gm)].flatMap(([, kind = '', text = '']) =>
  [...text.matchAll(/^```sh\n([^]*?)^```/gm)].map(([, script = '']) => ({
    kind: kind as SourceKind,
    script,
  })),
);
const leads = commands.filter(({ script }) => script.startsWith('BODY='));

/** Runs commands in a shell: what signs is `openssl`, what sends is `curl`. */
async function shell(
  script: string,
  intake: Intake,
  made: Awaited<ReturnType<Intake['source']>>,
  secret = made.secret,
): Promise<{ status: number; body: unknown }> {
  const env = {
    PATH: process.env['PATH'],
    ADDRESS: intake.address(made.source.slug),
    PUBLIC_ADDRESS: `https://leads.example.com/intake/1/${made.source.slug}`,
    SECRET: secret,
  };
  const asked = script.replace('curl -sS', `curl -sS --noproxy '*' -w '\\n%{http_code}'`);
  const { stdout } = await run('bash', ['-euo', 'pipefail', '-c', asked], { env });
  await intake.world.settle();
  const [body = '', status = ''] = stdout.split('\n');
  return { status: Number(status), body: JSON.parse(body) };
}

test('the page has commands for every kind of source', () => {
  expect([...new Set(leads.map(({ kind }) => kind))].sort()).toEqual(Object.keys(kinds).sort());
  for (const { script } of leads) expect(script).toContain('curl');
  expect(leads.filter(({ script }) => script.includes('openssl')).map(({ kind }) => kind)).toEqual(
    Object.keys(kinds).filter((kind) => kind !== 'token'),
  );
});

describe('signed with openssl and sent with curl, as the page says', () => {
  // The commands sign with the time of this machine.
  const startAt = Date.now();

  test.each(leads)(
    '$kind: a lead, then a repeat, and nothing with another secret',
    async ({ kind, script }) => {
      const intake = await startIntake({ startAt });
      const made = await intake.source(kind);
      const other =
        kind === 'json' ? `whsec_${Buffer.alloc(32).toString('base64')}` : 'another-secret-than-this';
      expect(await shell(script, intake, made, other)).toMatchObject({ status: 401, body: { ok: false } });
      expect(await intake.stored()).toMatchObject({ lead: 0, arrival: 0 });
      expect(await shell(script, intake, made)).toEqual({ status: 200, body: { ok: true } });
      expect(await shell(script, intake, made)).toEqual({ status: 200, body: { ok: true, repeat: true } });
      const [lead, ...others] = await intake.world.leads();
      expect(others).toEqual([]);
      const [, email] = /"(?:email|value|Email)":"([^"@]+@[^"]+)"/.exec(script) ?? [];
      expect([lead?.email, lead?.way]).toEqual([email, 'webhook']);
      expect(lead?.name).toMatch(/^\w+ \w+$/);
    },
  );

  test('5 MB: 413', async () => {
    const [, script = ''] = /```sh\n(head [^]*?)```/.exec(page) ?? [];
    const intake = await startIntake({ startAt });
    expect(await shell(script, intake, await intake.source('token'))).toMatchObject({ status: 413 });
  });
});
