import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Core } from '../core.ts';
import { SlackError } from '../errors.ts';
import type { CallFault, FaultRule } from '../faults.ts';
import type { Fields } from '../types.ts';
import { isFields, textOf } from '../values.ts';
import { appMethods } from './apps.ts';
import { chatMethods } from './chat.ts';
import { conversationMethods } from './conversations.ts';
import { fileMethods } from './files.ts';
import { checkArguments, requireScope, type Method } from './method.ts';
import { viewMethods } from './views.ts';

const methods: Record<string, Method> = {
  ...appMethods,
  ...chatMethods,
  ...conversationMethods,
  ...fileMethods,
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

/** What an app asked: a method by name, with what it sent. `refusal` says that it can't be read. */
interface Asked {
  method: string;
  token: string | undefined;
  args: Fields;
  refusal?: string;
}

/** Answers `POST /api/<method>` as Slack does, faults included. */
export function handleCall(
  core: Core,
  method: string,
  request: IncomingMessage,
  body: Buffer,
  response: ServerResponse,
): void {
  const started = performance.now();
  const asked = read(method, request, body);
  const { args } = asked;
  const fault = core.faults.forCall(method, args.channel, () => JSON.stringify(args));
  const perform = (): Fields => {
    try {
      return { ok: true, ...run(core, asked, fault) };
    } catch (error) {
      if (error instanceof SlackError) return { ok: false, error: error.code, ...error.details };
      throw error;
    }
  };
  const note = fault === undefined ? '' : `fault: ${fault.do}`;
  const isBroken = fault !== undefined && fault.do !== 'lagging_history';
  const result = isBroken ? breakCall(core, fault, perform, method, response) : reply(response, perform());
  const parts = [textOf(args.channel) ?? textOf(args.user_id) ?? textOf(args.view_id), result.error, note];
  core.log.add(started, {
    direction: 'from_app',
    kind: method,
    summary: parts.filter((part) => typeof part === 'string' && part !== '').join(' '),
    ok: result.ok === true,
    payload: args,
    response: result,
  });
}

function run(core: Core, { method: name, token, args, refusal }: Asked, fault?: FaultRule): Fields {
  const method = methods[name];
  if (method === undefined) throw new SlackError('unknown_method', { req_method: name });
  if (token === undefined && name === 'api.test') return { args };
  if (token === undefined) throw new SlackError('not_authed');
  const app = core.workspace.seed.apps.find((one) => token === one.botToken || token === one.appToken);
  if (app === undefined) throw new SlackError('invalid_auth');
  const isAppLevel = method.isAppLevel === true;
  if ((token === app.appToken) !== isAppLevel) throw new SlackError('not_allowed_token_type');
  const scopes = new Set(app.manifest.oauth_config?.scopes?.bot ?? []);
  if (!isAppLevel) requireScope(scopes, method.scopes ?? []);
  const retryAfter = method.tier === undefined ? 0 : core.limits.call(app.id, name, method.tier);
  if (retryAfter > 0) throw new SlackError('ratelimited', { retryAfter });
  if (refusal !== undefined) throw new SlackError(refusal);
  checkArguments(method, args);
  const lagMs = fault?.do === 'lagging_history' ? (fault.ms ?? 30_000) : undefined;
  return method.run({ core, app, args, scopes, lagMs });
}

type Answer = (response: ServerResponse, rule: FaultRule, method: string) => unknown;
const html =
  (status: number): Answer =>
  (response) =>
    response.writeHead(status, { 'content-type': 'text/html' }).end('<html>Something went wrong</html>');
const refuse =
  (error: string): Answer =>
  (response) =>
    reply(response, { ok: false, error });

/** What each fault does to a call: whether and when it is applied, and what the app hears. */
const breakages: Record<
  Exclude<CallFault, 'lagging_history'>,
  { applied?: 'now' | 'late'; answer: Answer }
> = {
  drop: { answer: (response) => response.destroy() },
  // The answer never comes: the connection stays open until the client gives up or the sandbox stops.
  apply_then_timeout: { applied: 'now', answer: () => undefined },
  apply_late: { applied: 'late', answer: () => undefined },
  apply_then_503: { applied: 'now', answer: html(503) },
  apply_then_fatal_error: { applied: 'now', answer: refuse('fatal_error') },
  internal_error: { answer: refuse('internal_error') },
  html_200: { answer: html(200) },
  ratelimit: {
    answer: (response, { ms = 1000 }) =>
      reply(response, { ok: false, error: 'ratelimited', retryAfter: Math.ceil(ms / 1000) }),
  },
  invalid_blocks: {
    answer: (response, { match }, method) => {
      const lines = [`unsupported type: ${match?.block ?? 'block'}`];
      const error = method.startsWith('views.') ? 'invalid_arguments' : 'invalid_blocks';
      const messages = lines.map((line) => `[ERROR] ${line}`);
      return reply(response, { ok: false, error, errors: lines, response_metadata: { messages } });
    },
  },
};

/** Makes a call fail in the way a rule asks for. @returns what became of it, for the log */
function breakCall(
  core: Core,
  rule: FaultRule,
  perform: () => Fields,
  method: string,
  response: ServerResponse,
): Fields {
  const { applied, answer } = breakages[rule.do as keyof typeof breakages];
  const result = applied === 'now' ? perform() : { ok: false, error: rule.do };
  if (applied === 'late') core.clock.at(core.clock.now() + (rule.ms ?? 5000), perform);
  answer(response, rule, method);
  return result;
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

function read(method: string, request: IncomingMessage, body: Buffer): Asked {
  const text = body.toString();
  const isJson = request.headers['content-type']?.includes('application/json') === true;
  const sent = isJson ? parse(text) : Object.fromEntries(new URLSearchParams(text));
  const query = Object.fromEntries(new URL(request.url ?? '/', 'http://localhost').searchParams);
  const { token, ...args }: Fields = { ...query, ...(isFields(sent) ? sent : {}) };
  const bearer = /^Bearer (.+)$/.exec(request.headers.authorization ?? '')?.[1];
  const asked: Asked = { method, token: bearer ?? textOf(token), args };
  if (sent === undefined) asked.refusal = 'invalid_json';
  else if (!isFields(sent)) asked.refusal = 'json_not_object';
  for (const [name, refusal] of Object.entries(jsonArguments)) {
    const value = args[name];
    if (typeof value !== 'string') continue;
    args[name] = parse(value) ?? value;
    if (typeof args[name] === 'string') asked.refusal = refusal;
  }
  return asked;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
