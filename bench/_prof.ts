import { pino } from 'pino';
import { systemClock } from '../src/calendar/clock.ts';
import { receivePost } from '../src/intake/receive.ts';
import { DatabaseHealth, Guard } from '../src/slack/guard.ts';
import { logTouch } from '../src/touch/touch.ts';
import { touchLogged } from '../src/touch/messages.ts';
import { postEphemeral } from '../src/outbox/enqueue.ts';
import { seedTeam, insertOpenLeads, ownerOf } from './seed.ts';
import { rmSync } from 'node:fs';
import { spread } from './measure.ts';
import { hubspotPost } from './_post.ts';
for (const f of ['', '-wal', '-shm']) rmSync('/tmp/prof/x.db' + f, { force: true });
const { db, work } = await seedTeam('/tmp/prof/x.db', Date.now());
insertOpenLeads('/tmp/prof/x.db', 10000, Date.now());
const guard = new Guard({
  work,
  clock: systemClock,
  log: pino({ level: 'silent' }),
  health: new DatabaseHealth(),
  committed: () => undefined,
});
const which = process.argv[2];
for (let r = 0; r < 5; r++) {
  const t: number[] = [];
  for (let i = 0; i < 1500; i++) {
    const s = performance.now();
    const n = r * 1500 + i + 1;
    if (which === 'click')
      await guard.transact(async (w) => {
        const x = await logTouch(w, n, ownerOf(n), 'voicemail');
        await postEphemeral(w, touchLogged.of({ touchId: x.touch.id }), { channelId: 'C', userId: 'U' });
      });
    else await guard.transact((w) => receivePost(w, 'C0LEADS', hubspotPost(n)));
    t.push(performance.now() - s);
  }
  console.log(which, spread(t));
}
