import { statSync } from 'node:fs';
import { pino } from 'pino';
import Sqlite from 'better-sqlite3';
import { systemClock } from '../src/calendar/clock.ts';
import { receivePost } from '../src/intake/receive.ts';
import { DatabaseHealth, Guard } from '../src/slack/guard.ts';
import { logTouch } from '../src/touch/touch.ts';
import { touchLogged } from '../src/touch/messages.ts';
import { postEphemeral } from '../src/outbox/enqueue.ts';
import { seedTeam, insertOpenLeads, ownerOf } from './seed.ts';
import { rmSync } from 'node:fs';
import { hubspotPost } from './_post.ts';
for (const f of ['', '-wal', '-shm']) rmSync('/tmp/prof/y.db' + f, { force: true });
const { work } = await seedTeam('/tmp/prof/y.db', Date.now());
insertOpenLeads('/tmp/prof/y.db', 10000, Date.now());
const guard = new Guard({
  work,
  clock: systemClock,
  log: pino({ level: 'silent' }),
  health: new DatabaseHealth(),
  committed: () => undefined,
});
const click = (n: number) =>
  guard.transact(async (w) => {
    const x = await logTouch(w, n, ownerOf(n), 'voicemail');
    await postEphemeral(w, touchLogged.of({ touchId: x.touch.id }), {
      channelId: 'C',
      userId: 'U' + (n % 20),
    });
  });
for (let n = 1; n <= 3000; n++) await click(n);
const other = new Sqlite('/tmp/prof/y.db');
for (const [name, f] of Object.entries({
  click,
  intake: (n: number) => guard.transact((w) => receivePost(w, 'C0LEADS', hubspotPost(n))),
})) {
  other.pragma('wal_checkpoint(TRUNCATE)');
  for (let n = 3001; n <= 3030; n++) await f(n + (name === 'click' ? 0 : 0));
  console.log(name, 'frames per commit', (statSync('/tmp/prof/y.db-wal').size / 4120 / 30).toFixed(1));
}
