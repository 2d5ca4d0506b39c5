import type { ServerResponse } from 'node:http';
import type { Logger } from 'pino';
import type { CustomRoute } from '../slack/receivers.ts';
import { RateLimit } from '../webhooks/rate-limit.ts';
import { receiveWebhook, type WebhookAnswer } from '../webhooks/receive.ts';
import type { Secrets } from '../webhooks/secrets.ts';
import type { Work } from '../work.ts';
import { receiveBody } from './body.ts';

export interface IntakeOptions {
  /** Undefined until the app is there. */
  transact: () => (<T>(unit: (work: Work) => Promise<T>) => Promise<T>) | undefined;
  secrets: Secrets;
  /** How senders reach us, without the closing slash; undefined: by the name they asked for, over HTTPS. */
  publicUrl: string | undefined;
  log: Logger;
  limit?: RateLimit;
}

type IntakeRequest = Parameters<CustomRoute['handler']>[0];

/** Where other systems send leads: `POST /intake/<sales team id>/<source slug>`. Stored before it is answered. */
export function intakeRoutes(options: IntakeOptions): CustomRoute[] {
  const limit = options.limit ?? new RateLimit();
  const path = '/intake/:team/:source';
  return [
    {
      path,
      method: 'POST',
      handler: (request: IntakeRequest, response: ServerResponse) => {
        void answerTo(request, { ...options, limit })
          .catch((error: unknown) => ourFault(error, options.log))
          .then((answer) => answer && respond(response, answer));
      },
    },
    {
      path,
      method: 'GET',
      handler: (_request: IntakeRequest, response: ServerResponse) => {
        response.setHeader('allow', 'POST');
        respond(response, no(405, 'This address is for systems: send each lead with POST.'));
      },
    },
  ];
}

async function answerTo(
  request: IntakeRequest,
  { transact, secrets, publicUrl, limit, log }: IntakeOptions & { limit: RateLimit },
): Promise<WebhookAnswer | undefined> {
  const team = parameter(request, 'team');
  const slug = parameter(request, 'source');
  const received = await receiveBody(request);
  if (!received) return undefined;
  if (!received.ok) {
    const { status, why } = received;
    return status === 503 ? { ...no(status, why), retryAfter: 5 } : no(status, why);
  }
  const run = transact();
  if (!run) return { ...no(503, 'The app is starting. Send it again in a moment.'), retryAfter: 5 };
  const { headers, url = '' } = request;
  const asked = {
    salesTeamId: /^[1-9]\d{0,14}$/.test(team) ? Number(team) : 0,
    slug,
    url: `${publicUrl ?? `https://${headers.host ?? ''}`}${url}`,
    headers,
    body: received.body,
  };
  return run((work) => receiveWebhook(work, asked, { secrets, limit, log }));
}

function parameter(request: IntakeRequest, name: string): string {
  const value = request.params?.[name];
  return typeof value === 'string' ? value : '';
}

function ourFault(error: unknown, log: Logger): WebhookAnswer {
  log.error({ err: error }, 'a webhook could not be stored; its sender was asked to try again');
  return {
    ...no(503, 'Something is wrong on our side and nothing was stored. Please send it again.'),
    retryAfter: 30,
  };
}

function no(status: number, error: string): WebhookAnswer {
  return { status, body: { ok: false, error } };
}

function respond(response: ServerResponse, { status, body, retryAfter }: WebhookAnswer): void {
  if (response.destroyed || response.headersSent) return;
  if (retryAfter !== undefined) response.setHeader('retry-after', String(retryAfter));
  const text = JSON.stringify(body);
  response
    .writeHead(status, {
      'content-type': 'application/json; charset=utf-8',
      'content-length': Buffer.byteLength(text),
    })
    .end(text);
}
