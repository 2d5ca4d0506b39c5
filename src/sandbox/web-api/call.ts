import type { IncomingHttpHeaders, ServerResponse } from 'node:http';
import type { Core } from '../core.ts';
import { breakages, type Breakage, type CallFault, type FaultRule } from '../faults.ts';
import { isFields, parseJson, SlackError, textOf, type Fields } from '../values.ts';
import { chatMethods } from './chat.ts';
import { conversationMethods } from './conversations.ts';
import { fileMethods } from './files.ts';
import { checkArguments, requireScope, type Method } from './method.ts';
import { peopleMethods } from './people.ts';
import { viewMethods } from './views.ts';

const groups = [chatMethods, conversationMethods, fileMethods, peopleMethods, viewMethods];
const methods = new Map<string, Method>(groups.flatMap((group) => Object.entries(group)));

/** Arguments that carry JSON, and what Slack answers when it cannot be read. */
const jsonArguments: Record<string, string> = {
  attachments: 'invalid_attachments',
  blocks: 'invalid_blocks_format',
  files: 'invalid_arguments',
  metadata: 'invalid_metadata_format',
  view: 'invalid_arguments',
};

/** A call: the method by name, and what came with it. */
type Request = { method: string; url: URL; headers: IncomingHttpHeaders; body: Buffer };

/** Answers `POST /api/<method>` as Slack does, faults included. */
export function handleCall(core: Core, request: Request, response: ServerResponse): void {
  const started = performance.now();
  const { method } = request;
  const { token, args, refusal } = read(request);
  const rule = core.faults.forCall(method, args.channel, () => JSON.stringify(args));
  const lagMs = rule?.do === 'lagging_history' ? (rule.ms ?? 30_000) : undefined;
  const perform = (): Fields => {
    try {
      return { ok: true, ...run(core, method, token, args, refusal, lagMs) };
    } catch (error) {
      if (error instanceof SlackError) return { ok: false, error: error.message, ...error.details };
      throw error;
    }
  };
  const isBroken = rule !== undefined && lagMs === undefined;
  const result = isBroken ? breakCall(core, rule, perform, method, response) : reply(response, perform());
  const target = textOf(args.channel) ?? textOf(args.user_id) ?? textOf(args.view_id);
  const parts = [target, textOf(result.error), rule && `fault: ${rule.do}`].filter(
    (part) => part !== undefined,
  );
  const said = { summary: parts.join(' '), ok: result.ok === true, payload: args, response: result };
  core.record(started, { direction: 'from_app', kind: method, ...said });
}

function run(
  core: Core,
  name: string,
  token?: string,
  args: Fields = {},
  refusal?: string,
  lagMs?: number,
): Fields {
  const method = methods.get(name);
  if (method === undefined) throw new SlackError('unknown_method', { req_method: name });
  if (token === undefined) throw new SlackError('not_authed');
  const app = core.workspace.seed.apps.find((one) => token === one.botToken || token === one.appToken);
  if (app === undefined) throw new SlackError('invalid_auth');
  const isAppLevel = name === 'apps.connections.open';
  if ((token === app.appToken) !== isAppLevel) throw new SlackError('not_allowed_token_type');
  const scopes = new Set(app.manifest.oauth_config?.scopes?.bot ?? []);
  requireScope(scopes, method.scopes);
  const retryAfter = method.perMinute === 0 ? 0 : core.limits.call(app.id, name, method.perMinute);
  if (retryAfter > 0) throw new SlackError('ratelimited', { retryAfter });
  if (refusal !== undefined) throw new SlackError(refusal);
  checkArguments(method, args);
  return method.run({ core, app, args, scopes, lagMs });
}

/** Makes a call fail in the way a rule asks for. @returns what became of it, for the log */
function breakCall(
  core: Core,
  rule: FaultRule,
  perform: () => Fields,
  method: string,
  response: ServerResponse,
): Fields {
  const { applied, answer, error }: Breakage = breakages[rule.do as CallFault];
  const result = applied === 'now' ? perform() : { ok: false, error: rule.do };
  if (applied === 'late') core.clock.at(core.clock.now() + (rule.ms ?? 5000), perform);
  if (answer !== undefined) answer(response);
  else if (rule.do === 'ratelimit')
    reply(response, { ok: false, error, retryAfter: Math.ceil((rule.ms ?? 1000) / 1000) });
  else if (rule.do !== 'invalid_blocks') reply(response, { ok: false, error });
  else {
    const line = `unsupported type: ${rule.match?.block ?? 'block'}`;
    const named = method.startsWith('views.') ? 'invalid_arguments' : error;
    const response_metadata = { messages: [`[ERROR] ${line}`] };
    reply(response, { ok: false, error: named, errors: [line], response_metadata });
  }
  return result;
}

/** Writes a result: status 200 whatever it is, except 429 with `Retry-After` for too many calls. */
function reply(response: ServerResponse, { retryAfter, ...result }: Fields): Fields {
  if (typeof retryAfter === 'number') response.setHeader('retry-after', retryAfter);
  const status = retryAfter === undefined ? 200 : 429;
  response
    .writeHead(status, { 'content-type': 'application/json; charset=utf-8' })
    .end(JSON.stringify(result));
  return result;
}

function read({ url, headers, body }: Request): { token?: string; args: Fields; refusal?: string } {
  const isJson = headers['content-type']?.includes('application/json') === true;
  const form = (): Fields => Object.fromEntries(new URLSearchParams(body.toString()));
  const sent = isJson ? parseJson(body.toString()) : form();
  const { token, ...args }: Fields = { ...Object.fromEntries(url.searchParams), ...(isFields(sent) && sent) };
  let refusal = sent === undefined ? 'invalid_json' : isFields(sent) ? undefined : 'json_not_object';
  for (const [name, why] of Object.entries(jsonArguments)) {
    const value = args[name];
    if (typeof value !== 'string') continue;
    args[name] = parseJson(value) ?? value;
    if (typeof args[name] === 'string') refusal = why;
  }
  const bearer = /^Bearer (.+)$/.exec(headers.authorization ?? '')?.[1];
  return { token: bearer ?? textOf(token), args, refusal };
}
