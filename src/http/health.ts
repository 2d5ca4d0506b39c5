import type { Db } from '../db/schema.ts';
import type { DatabaseHealth } from '../db/health.ts';

export interface HealthReport {
  status: number;
  body: { ok: boolean; database: string };
}

/**
 * `/healthz`: the process answers, and the database takes transactions. It never depends on Slack: restarting the
 * app would not mend Slack.
 */
export async function healthReport(db: Db, health: DatabaseHealth): Promise<HealthReport> {
  try {
    await db.selectFrom('sales_team').select('id').limit(1).execute();
  } catch (error) {
    return unhealthy(error instanceof Error ? error.message : String(error));
  }
  const { failure } = health;
  return failure
    ? unhealthy(`${failure.message} (since ${new Date(failure.at).toISOString()})`)
    : { status: 200, body: { ok: true, database: 'ok' } };
}

function unhealthy(database: string): HealthReport {
  return { status: 503, body: { ok: false, database } };
}
