import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { sendClicks } from './load.ts';
import { median } from './measure.ts';
import { insertOpenLeads, seedTeam } from './seed.ts';
import { startSlackStub } from './servers/slack-stub.ts';
import { startServer } from './servers/start.ts';
import type { Row } from './table.ts';

export interface MemorySize {
  rounds: number;
  clicks: number;
}

/** Resident memory after a full collection, of fresh processes; against a Bolt app that only acknowledges. */
export async function benchMemory(folder: string, size: MemorySize): Promise<Row[]> {
  const slack = await startSlackStub();
  await fillCompileCache(folder, slack.url);
  const loaded: { ours: number; against: number }[] = [];
  const idle: { ours: number; against: number }[] = [];
  for (let round = 0; round < size.rounds; round += 1) {
    const databasePath = join(folder, `memory-${round}.db`);
    const { db } = await seedTeam(databasePath, Date.now());
    await db.destroy();
    insertOpenLeads(databasePath, size.clicks, Date.now());
    const measure = async (which: 'product' | 'bolt', transport: 'http' | 'socket'): Promise<number> => {
      const server = await startServer(which, { slackApiUrl: slack.url, databasePath, transport });
      if (transport === 'http') {
        const leads = Array.from({ length: size.clicks }, (_, index) => index + 1);
        await sendClicks(server.port, leads, 20);
      }
      await sleep(500);
      const bytes = await server.memory();
      await server.stop();
      return bytes;
    };
    idle.push({ ours: await measure('product', 'socket'), against: await measure('bolt', 'socket') });
    loaded.push({ ours: await measure('product', 'http'), against: await measure('bolt', 'http') });
  }
  slack.stop();
  return [
    row('memory, idle over Socket Mode', idle),
    row(`memory, after ${size.clicks.toLocaleString('en')} clicks over HTTP`, loaded),
  ];
}

/** The first start ever compiles everything; the memory of all later ones is what counts. */
async function fillCompileCache(folder: string, slackApiUrl: string): Promise<void> {
  const options = { slackApiUrl, databasePath: join(folder, 'first.db'), transport: 'http' as const };
  for (const which of ['product', 'bolt'] as const) await (await startServer(which, options)).stop();
}

function row(what: string, rounds: readonly { ours: number; against: number }[]): Row {
  const ratio = median(rounds.map(({ ours, against }) => ours / against));
  const megabytes = (bytes: readonly number[]): string => `${Math.round(median(bytes) / 1_048_576)} MB`;
  return {
    what,
    ratio,
    aim: '≤ 1.4×',
    met: ratio <= 1.4,
    ours: megabytes(rounds.map(({ ours }) => ours)),
    against: `${megabytes(rounds.map(({ against }) => against))} (Bolt, ack only)`,
  };
}
