import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Core } from '../core.ts';
import { SlackError } from '../errors.ts';
import type { CallFault, FaultRule } from '../faults.ts';
import type { Fields, SandboxApp } from '../types.ts';
import { fieldsOf, textOf } from '../values.ts';
import { appMethods } from './apps.ts';
import { chatMethods } from './chat.ts';
import { conversationMethods } from './conversations.ts';
import { fileMethods } from './files.ts';
import { requireScope, type Method } from './method.ts';
import { peopleMethods } from './people.ts';
import { viewMethods } from './views.ts';

const methods: Record<string, Method> = {
  ...appMethods,
  ...chatMethods,
  ...conversationMethods,
  ...fileMethods,
  ...peopleMethods,
  ...viewMethods,
};

/** Arguments that carry JSON, and what Slack answers when it cannot be read. */
const jsonArguments: Record<string, string> = {
  attachments: 'invalid_attachments',
  blocks: 'invalid_blocks_format',
  files: 'invalid_arguments',
  message: 'invalid_arguments',
  metadata: 'invalid_metadata_format',
  view: 'invalid_arguments',
};

/** Answers `POST /api/<method>` as Slack does, faults included. */
export function handleCall(
  core: Core,
  method: string,
  request: IncomingMessage,
  body: Buffer,
  response: ServerResponse,
): void {
  const started = performance.now();
  const args = argumentsOf(request, body);
  const { token: bodyToken, ...shown } = args;
  const token = /^Bearer (.+)$/.exec(request.headers.authorization ?? '')?.[1] ?? textOf(bodyToken);
  const fault = core.faults.forCall(method, textOf(args.channel));

  const perform = (): Fields => {
    try {
      return { ok: true, ...run(core, method, token, args, fault) };
    } catch (error) {
      if (error instanceof SlackError) return { ok: false, error: error.code, ...error.details };
      throw error;
    }
  };
  const note = (result: Fields, summary = ''): void =>
    core.log.add({
      direction: 'from_app',
      kind: method,
      summary: [textOf(args.channel) ?? textOf(args.user_id) ?? textOf(args.view_id), result.error, summary]
        .filter((part) => typeof part === 'string' && part !== '')
        .join(' '),
      ms: Math.round(performance.now() - started),
      ok: result.ok === true,
      payload: shown,
      response: result,
    });

  if (fault !== undefined && fault.do !== 'lagging_history') {
    const result = breakCall(core, fault, perform, response);
    return note(result, `fault: ${fault.do}`);
  }
  const result = perform();
  note(result);
  answer(response, result, core, token);
}

function run(core: Core, name: string, token: string | undefined, args: Fields, fault?: FaultRule): Fields {
  const method = methods[name];
  if (method === undefined) throw new SlackError('unknown_method', { req_method: name });
  if (token === undefined && name === 'api.test') return { args };
  if (token === undefined) throw new SlackError('not_authed');
  const app = appOf(core, token);
  if (app === undefined) throw new SlackError('invalid_auth');
  if ((token === app.appToken) !== (method.isAppLevel === true))
    throw new SlackError('not_allowed_token_type');
  const scopes = scopesOf(app);
  if (method.isAppLevel !== true) requireScope(scopes, method.scopes ?? []);
  const retryAfter = core.limits.call(app.id, name);
  if (retryAfter > 0) throw new SlackError('ratelimited', { retryAfter });
  const lagMs = fault?.do === 'lagging_history' ? (fault.ms ?? 30_000) : undefined;
  return method.run({ core, app, args: parsed(args), scopes, lagMs });
}

/** Makes a call fail in the way a rule asks for; what is logged as its result. */
function breakCall(
  core: Core,
  { do: kind, ms }: FaultRule & { do: CallFault },
  perform: () => Fields,
  response: ServerResponse,
): Fields {
  switch (kind) {
    case 'drop':
      response.destroy();
      return { ok: false, error: 'connection dropped' };
    case 'apply_then_timeout':
      // The answer never comes: the connection stays open until the client gives up or the sandbox stops.
      return perform();
    case 'apply_late': {
      core.clock.at(core.clock.now() + (ms ?? 5000), perform);
      return { ok: false, error: 'applied later' };
    }
    case 'apply_then_503': {
      const result = perform();
      response.writeHead(503, { 'content-type': 'text/html' }).end('<html>Service Unavailable</html>');
      return result;
    }
    case 'apply_then_fatal_error': {
      perform();
      return reply(response, { ok: false, error: 'fatal_error' });
    }
    case 'internal_error':
      return reply(response, { ok: false, error: 'internal_error' });
    case 'ratelimit':
      return reply(response, { ok: false, error: 'ratelimited', retryAfter: Math.ceil((ms ?? 1000) / 1000) });
    case 'html_200':
      response.writeHead(200, { 'content-type': 'text/html' }).end('<html>Something went wrong</html>');
      return { ok: false, error: 'html' };
    case 'lagging_history':
      return reply(response, perform());
    default:
      return kind satisfies never;
  }
}

function answer(response: ServerResponse, result: Fields, core: Core, token: string | undefined): void {
  const app = token === undefined ? undefined : appOf(core, token);
  if (app !== undefined) response.setHeader('x-oauth-scopes', [...scopesOf(app)].join(','));
  reply(response, result);
}

/** Writes a result: status 200 whatever it is, except 429 with `Retry-After` for too many calls. */
function reply(response: ServerResponse, { retryAfter, ...result }: Fields): Fields {
  const isLimited = typeof retryAfter === 'number';
  if (isLimited) response.setHeader('retry-after', String(retryAfter));
  response
    .writeHead(isLimited ? 429 : 200, { 'content-type': 'application/json; charset=utf-8' })
    .end(JSON.stringify(result));
  return result;
}

function appOf(core: Core, token: string): SandboxApp | undefined {
  return core.workspace.seed.apps.find(({ botToken, appToken }) => token === botToken || token === appToken);
}

function scopesOf(app: SandboxApp): Set<string> {
  return new Set(app.manifest.oauth_config?.scopes?.bot ?? []);
}

function argumentsOf(request: IncomingMessage, body: Buffer): Fields {
  const query = Object.fromEntries(new URL(request.url ?? '/', 'http://localhost').searchParams);
  const text = body.toString();
  if (request.headers['content-type']?.includes('application/json') === true) {
    try {
      return { ...query, ...fieldsOf(JSON.parse(text)) };
    } catch {
      return query;
    }
  }
  return { ...query, ...Object.fromEntries(new URLSearchParams(text)) };
}

function parsed(args: Fields): Fields {
  const result = { ...args };
  for (const [name, refusal] of Object.entries(jsonArguments)) {
    const value = args[name];
    if (typeof value !== 'string') continue;
    try {
      result[name] = JSON.parse(value) as unknown;
    } catch {
      throw new SlackError(refusal);
    }
  }
  return result;
}
