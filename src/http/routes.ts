import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Db } from '../db/schema.ts';
import type { DatabaseHealth } from '../db/health.ts';
import type { CustomRoute } from '../slack/receivers.ts';
import { healthReport } from './health.ts';

export interface RouteOptions {
  db: Db;
  health: () => DatabaseHealth | undefined;
  /** Whether events can reach us: the socket is up, or the HTTP server answers. */
  isReady: () => boolean;
}

/** What operators ask for, served next to Slack's events in HTTP mode and alone in Socket Mode. */
export function operatorRoutes({ db, health, isReady }: RouteOptions): CustomRoute[] {
  return [
    {
      path: '/healthz',
      method: 'GET',
      handler: (_request: IncomingMessage, response: ServerResponse) => {
        const known = health();
        const report = known ? healthReport(db, known) : Promise.resolve(starting);
        void report.then(({ status, body }) => json(response, status, body));
      },
    },
    {
      path: '/readyz',
      method: 'GET',
      handler: (_request: IncomingMessage, response: ServerResponse) => {
        const ready = isReady();
        json(response, ready ? 200 : 503, { ok: ready, slack: ready ? 'connected' : 'not connected' });
      },
    },
  ];
}

const starting = { status: 503, body: { ok: false, database: 'starting' } };

function json(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}
