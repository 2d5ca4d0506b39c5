import { join } from 'node:path';
import { openDatabase } from '../src/db/open.ts';
import { compare, median, medianSpread, spread } from './measure.ts';
import { sendClicks, type LoadResult } from './load.ts';
import { insertOpenLeads, seedTeam } from './seed.ts';
import { startServer } from './servers/start.ts';
import { startSlackStub } from './servers/slack-stub.ts';
import { number, type Row, times } from './table.ts';

export interface ClickSize {
  rounds: number;
  /** Clicks of a round, one after the other. */
  single: number;
  /** Clicks of a round, over twenty connections. */
  crowd: number;
}

/**
 * A rep's click on "Left voicemail": signature, transaction on disk, acknowledgement; against a Bolt app that only
 * acknowledges. Both are processes of their own, and the Slack that the product answers to is a stub.
 */
export async function benchClick(folder: string, size: ClickSize): Promise<Row[]> {
  const databasePath = join(folder, 'click.db');
  const warmUp = size.single;
  const leads = warmUp + size.rounds * (size.single + size.crowd);
  const { db } = await seedTeam(databasePath, Date.now());
  await db.destroy();
  insertOpenLeads(databasePath, leads, Date.now());

  const slack = await startSlackStub();
  const options = { slackApiUrl: slack.url, databasePath, transport: 'http' as const };
  const product = await startServer('product', options);
  const bolt = await startServer('bolt', options);
  // Each lead is clicked once: a second click would be taken for the second half of a double click.
  let used = 0;
  const rows: Row[] = [];
  const fresh = (count: number): number[] => Array.from({ length: count }, () => (used += 1));
  const any = (count: number): number[] => Array.from({ length: count }, (_, index) => index + 1);
  try {
    await sendClicks(product.port, fresh(warmUp), 20);
    await sendClicks(bolt.port, any(warmUp), 20);
    const single = await compare(
      size.rounds,
      async () => (await sendClicks(product.port, fresh(size.single), 1)).taken,
      async () => (await sendClicks(bolt.port, any(size.single), 1)).taken,
    );
    const crowd: { ours: LoadResult; against: LoadResult }[] = [];
    for (let round = 0; round < size.rounds; round += 1) {
      crowd.push({
        ours: await sendClicks(product.port, fresh(size.crowd), 20),
        against: await sendClicks(bolt.port, any(size.crowd), 20),
      });
    }
    const throughput = median(crowd.map(({ ours, against }) => ours.perSecond / against.perSecond));
    const said = (which: 'ours' | 'against'): string =>
      `${number(median(crowd.map((round) => round[which].perSecond)))}/s  ${times(medianSpread(crowd.map((round) => spread(round[which].taken))))}`;
    rows.push(
      {
        what: 'click to acknowledgement, 1 connection',
        ratio: single.ratio,
        aim: '≤ 2.5×',
        met: single.ratio <= 2.5,
        ours: times(single.ours),
        against: `${times(single.against)} (Bolt, ack only)`,
      },
      {
        what: 'clicks a second, 20 connections',
        ratio: throughput,
        aim: '≥ 0.5×',
        met: throughput >= 0.5,
        ours: said('ours'),
        against: `${said('against')} (Bolt, ack only)`,
      },
    );
  } finally {
    await Promise.all([product.stop(), bolt.stop()]);
    slack.stop();
  }
  await refuseUnlessLogged(databasePath, used);
  return rows;
}

/** A click that was acknowledged but changed nothing would make the numbers worthless. */
async function refuseUnlessLogged(databasePath: string, clicks: number): Promise<void> {
  const db = openDatabase(databasePath);
  const { touches } = await db
    .selectFrom('touch')
    .select((eb) => eb.fn.countAll<number>().as('touches'))
    .executeTakeFirstOrThrow();
  await db.destroy();
  if (touches !== clicks) throw new Error(`${clicks} clicks were acknowledged, ${touches} are on disk.`);
}
