import { createHmac } from 'node:crypto';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';
import { demoWebhooks } from '../../src/demo/wire.ts';
import { intakeRoutes, type IntakeOptions } from '../../src/http/intake.ts';
import { serveRoutes } from '../../src/http/server.ts';
import { httpReceiver } from '../../src/slack/receivers.ts';
import type { SourceKind } from '../../src/webhooks/kinds.ts';
import { createSource, type SourceWithSecret } from '../../src/webhooks/sources.ts';
import { memoryLog } from '../support/memory-log.ts';
import { people, startWorld, type World, type WorldOptions } from '../support/world.ts';

export interface Reply {
  status: number;
  body: { ok: boolean; [more: string]: unknown };
  headers: Headers;
}

export interface Sent {
  headers?: Record<string, string>;
  /** Sent as it is; anything but text and bytes as JSON. */
  body: unknown;
}

/** The product with its intake behind a real port. */
export class Intake {
  readonly world: World;
  readonly port: number;
  readonly log: ReturnType<typeof memoryLog>;

  constructor(world: World, port: number, log: ReturnType<typeof memoryLog>) {
    this.world = world;
    this.port = port;
    this.log = log;
  }

  /** Makes a source as a manager does, with a secret that is known where the service would have made it. */
  async source(
    kind: SourceKind,
    name = 'Website',
    pasted?: string,
  ): Promise<SourceWithSecret & { secret: string }> {
    const input = { salesTeamId: 1, userId: people.mona, name, kind, pasted: pasted ?? ownSecret(kind) };
    const made = await this.world.app.transact((work) => createSource(work, demoWebhooks.secrets, input));
    return { ...made, secret: made.secret ?? input.pasted };
  }

  address(slug: string): string {
    return `http://localhost:${this.port}/intake/1/${slug}`;
  }

  async post(slug: string, { headers = {}, body }: Sent): Promise<Reply> {
    const response = await fetch(this.address(slug), {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: bytesOf(body),
    });
    const answer = {
      status: response.status,
      body: (await response.json()) as Reply['body'],
      headers: response.headers,
    };
    await this.world.settle();
    return answer;
  }

  /** Sends a payload signed as this kind of source signs. */
  send(made: SourceWithSecret & { secret: string }, body: unknown, signing: Signing = {}): Promise<Reply> {
    const { kind, slug } = made.source;
    const headers = signed(kind, made.secret, bytesOf(body), { at: this.world.now, slug, ...signing });
    return this.post(slug, { headers, body });
  }

  /** How many rows the tables have that a webhook can write to. */
  async stored(): Promise<Record<string, number>> {
    const counts: Record<string, number> = {};
    for (const table of ['arrival', 'lead', 'signal', 'probable_duplicate', 'outbox', 'audit'] as const) {
      counts[table] = (await this.world.db.selectFrom(table).selectAll().execute()).length;
    }
    return counts;
  }
}

export interface IntakeWorldOptions extends WorldOptions, Partial<Pick<IntakeOptions, 'secrets' | 'limit'>> {
  /** Behind Bolt's own HTTP receiver instead of our server. */
  overHttp?: boolean;
  publicUrl?: string | undefined;
}

export async function startIntake(options: IntakeWorldOptions = {}): Promise<Intake> {
  const world = await startWorld(options);
  const log = memoryLog();
  const routes = intakeRoutes({
    transact: () => world.app.transact,
    secrets: options.secrets ?? demoWebhooks.secrets,
    publicUrl: 'publicUrl' in options ? options.publicUrl : demoWebhooks.publicUrl,
    log: log.log,
    ...(options.limit && { limit: options.limit }),
  });
  const server = options.overHttp === true ? await bolt(routes) : await serveRoutes(routes, 0);
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return new Intake(world, (server.address() as AddressInfo).port, log);
}

async function bolt(routes: ReturnType<typeof intakeRoutes>): Promise<Server> {
  const receiver = httpReceiver({ signingSecret: '0'.repeat(32), customRoutes: routes });
  return await receiver.start(0);
}

export function bytesOf(body: unknown): Buffer {
  if (Buffer.isBuffer(body)) return body;
  return Buffer.from(typeof body === 'string' ? body : JSON.stringify(body));
}

function ownSecret(kind: SourceKind): string {
  return kind === 'webflow' ? 'secret-that-webflow-has-made' : '';
}

export interface Signing {
  /** When it is signed, UTC milliseconds. */
  at?: number;
  /** The sender's id of the message, for the kinds that put it into a header. */
  id?: string;
  slug?: string;
}

/** The headers of a signed request, after each service's own description. */
export function signed(
  kind: SourceKind,
  secret: string,
  body: Buffer,
  signing: Signing,
): Record<string, string> {
  const { at = 0, id = 'msg_1', slug = '' } = signing;
  const seconds = String(Math.floor(at / 1000));
  const mac = (key: string | Buffer, ...parts: (string | Buffer)[]): Buffer =>
    parts.reduce((hmac, part) => hmac.update(part), createHmac('sha256', key)).digest();
  switch (kind) {
    case 'typeform':
      return { 'typeform-signature': `sha256=${mac(secret, body).toString('base64')}` };
    case 'tally':
      return { 'tally-signature': mac(secret, body).toString('base64') };
    case 'calendly': {
      const digest = mac(secret, `${seconds}.`, body).toString('hex');
      return { 'calendly-webhook-signature': `t=${seconds},v1=${digest}` };
    }
    case 'hubspot': {
      const uri = `https://leads.example.com/intake/1/${slug}`;
      const digest = mac(secret, `POST${uri}`, body, String(at)).toString('base64');
      return { 'x-hubspot-signature-v3': digest, 'x-hubspot-request-timestamp': String(at) };
    }
    case 'webflow': {
      const digest = mac(secret, `${at}:`, body).toString('hex');
      return { 'x-webflow-signature': digest, 'x-webflow-timestamp': String(at) };
    }
    case 'json': {
      const key = Buffer.from(secret.replace('whsec_', ''), 'base64');
      const digest = mac(key, `${id}.${seconds}.`, body).toString('base64');
      return { 'webhook-id': id, 'webhook-timestamp': seconds, 'webhook-signature': `v1,${digest}` };
    }
    case 'token':
      return { authorization: `Bearer ${secret}` };
  }
}
