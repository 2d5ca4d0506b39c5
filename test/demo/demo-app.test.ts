import { pino } from 'pino';
import { beforeEach, expect, onTestFinished, test } from 'vitest';
import { demoAppSeed, startDemoApp } from '../../src/demo/demo-app.ts';
import { sampleLeads } from '../../src/demo/samples.ts';
import { channels, demoWorkspace, people } from '../../src/demo/workspace.ts';
import { type Sandbox, SandboxClock, startSandbox } from '../../src/sandbox/index.ts';

const start = Date.UTC(2026, 10, 2, 9, 0);
let sandbox: Sandbox;

beforeEach(async () => {
  const seed = demoWorkspace('Europe/Berlin', [demoAppSeed]);
  sandbox = await startSandbox({ seed, clock: new SandboxClock({ frozenAt: start }) });
  const app = await startDemoApp(sandbox, sampleLeads(), pino({ level: 'silent' }));
  onTestFinished(async () => {
    await app.stop();
    await sandbox.stop();
  });
});

/** Types `/demo …` as Alice. @returns what she reads */
async function demo(text: string): Promise<string> {
  await sandbox.command({ channel: channels.leads, user: people.alice, command: '/demo', text });
  await sandbox.idle();
  return sandbox.messages(channels.leads).at(-1)?.text ?? '';
}

test('`/demo lead` says whom HubSpot has posted, each time another one', async () => {
  const said = [await demo('lead'), await demo('lead')];
  const names = sampleLeads().map((lead) => `${lead.firstName} ${lead.lastName} (${lead.company})`);
  expect(said).toEqual(names.slice(0, 2).map((name) => `HubSpot has posted ${name} in <#C0LEADS>.`));
});

test.each([
  ['forward 4h', 'Time moves on by 4 hours.', 4],
  ['forward 1d', 'Time moves on by 1 day.', 24],
  ['forward 2d', 'Time moves on by 2 days.', 48],
  ['forward 1w', 'Time moves on by 1 week.', 168],
])('`/demo %s` moves the clock and says how far', async (typed, said, hours) => {
  expect(await demo(typed)).toContain(said);
  expect(sandbox.clock.now()).toBe(start + hours * 3_600_000);
});

test.each(['soon', '0h', '5w', '2days', '<!channel>'])(
  '`/demo forward %s` is told what is wrong, and no time passes',
  async (span) => {
    const shown = span.replace('<', '&lt;').replace('>', '&gt;');
    expect(await demo(`forward ${span}`)).toContain(
      `I don't understand “${shown}”. Type \`/demo forward 4h\` (also \`2d\`, \`1w\``,
    );
    expect(sandbox.clock.now()).toBe(start);
  },
);

test('anything else is told what can be typed', async () => {
  for (const typed of ['', 'help', 'forward']) expect(await demo(typed)).toContain('Type `/demo lead`');
});
