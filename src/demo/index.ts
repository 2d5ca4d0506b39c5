import { mkdtempSync, rmSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { schedule } from 'node-cron';
import { pino } from 'pino';
import { workingCalendar } from '../calendar/working-calendar.ts';
import { SandboxClock, startSandbox } from '../sandbox/index.ts';
import { demoAppSeed, startDemoApp } from './demo-app.ts';
import { tellHistory } from './history.ts';
import { intakeRoutes } from '../http/intake.ts';
import { serveRoutes } from '../http/server.ts';
import { sampleLeads } from './samples.ts';
import { openingTime } from './start-time.ts';
import { summarise } from './summary.ts';
import { demoWebhooks, wireApp } from './wire.ts';
import { demoWorkspace } from './workspace.ts';

const twoWeeks = 14 * 86_400_000;
/** Leads kept back for `/demo lead`. */
const keptBack = 8;

const usualPort = 3000;
const port = Number(process.env['DEMO_PORT'] ?? usualPort);
/** Only the usual demo leaves its database to look into; any other is a trial whose traces go with it. */
const temporaryFolder = port === usualPort ? undefined : mkdtempSync(join(tmpdir(), 'sixth-touch-demo-'));
const databasePath = temporaryFolder === undefined ? 'data/demo.db' : join(temporaryFolder, 'demo.db');
const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
const log = pino({ level: process.env['LOG_LEVEL'] ?? 'warn' });

for (const file of ['', '-wal', '-shm']) rmSync(`${databasePath}${file}`, { force: true });
process.on('exit', () => {
  if (temporaryFolder !== undefined) rmSync(temporaryFolder, { recursive: true, force: true });
});
let stop = (): Promise<void> => Promise.resolve();
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.on(signal, () => void stop().finally(() => process.exit(0)));
}
process.stdout.write('Making two weeks of history …\n');

const calendar = workingCalendar({ zone, days: [1, 2, 3, 4, 5], start: '09:00', end: '17:00' });
const opening = openingTime(calendar, Date.now());
const clock = new SandboxClock(opening - twoWeeks);
const sandbox = await startSandbox({ seed: demoWorkspace(zone, [demoAppSeed]), port, clock }).catch(
  (error: unknown) => {
    process.stderr.write(
      `The demo can't use port ${port} (${error instanceof Error ? error.message : String(error)}). Set DEMO_PORT to a free one: DEMO_PORT=3100 npm run demo\n`,
    );
    process.exit(1);
  },
);
// Webhooks come in here, on whatever port is free: the sandbox has the usual one.
const intake = await serveRoutes(
  intakeRoutes({
    secrets: demoWebhooks.secrets,
    publicUrl: undefined,
    transact: () => wired.app.transact,
    log,
  }),
  0,
);
const publicUrl = `http://localhost:${(intake.address() as AddressInfo).port}`;
const wired = await wireApp({
  sandbox,
  databasePath,
  playbookPath: 'data/playbook.yml',
  publicUrl,
  // A click on +1 week has to be there in seconds.
  tickMinutes: 5,
  log,
});
const leads = sampleLeads();
await tellHistory(sandbox, wired, leads.slice(keptBack), { zone, until: opening });
for (const user of sandbox.state().users) {
  for (const channel of sandbox.state().channels) {
    if (channel.members.includes(user.id)) sandbox.markRead({ user: user.id, channel: channel.id });
  }
}

clock.onForward(async (_from, to) => {
  const before = sandbox.log().length;
  await wired.driveTo(to);
  return summarise(sandbox.log().slice(before));
});
const demoApp = await startDemoApp(sandbox, leads.slice(0, keptBack), log);
wired.app.outbox.start();
const cron = schedule('* * * * *', () => wired.app.tick());
stop = async () => {
  intake.close();
  await cron.stop();
  await demoApp.stop();
  await wired.stop();
  await sandbox.stop();
};

process.stdout.write(`Ready: ${sandbox.url}

Five things to try:
  1. As Alice, in #leads-inbound: type /demo lead, then Claim the new card and log a touch.
  2. Move the clock in the corner by a day or two: the third touch is due, and Alice is nudged in the card's thread.
  3. As Mona (the manager): type /standup. As Max (marketing), in #marketing: read the digest, or type /leads digest.
  4. As Max, in #marketing: a list from a trade fair and some leads wait. Release them, complete them, or turn them down.
  5. As Mona, in #leads-inbound: type /leads setup, then Sources…, and let a form send its leads to the address you get.

The database is ${databasePath}. Stop with Ctrl+C; the next start begins anew.
`);
