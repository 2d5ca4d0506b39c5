import type { IncomingMessage, ServerResponse } from 'node:http';
import { handleControl } from './control.ts';
import type { Core } from './core.ts';
import type { Sandbox } from './index.ts';
import { servePage } from './page-files.ts';
import type { Fields } from './types.ts';
import { fieldsOf } from './values.ts';
import { receiveUpload } from './web-api/files.ts';
import { handleCall } from './web-api/index.ts';

/** Answers everything that is asked of the sandbox by HTTP: the Web API, the control API, uploads and the page. */
export function handleRequest(
  core: Core,
  sandbox: Sandbox,
  request: IncomingMessage,
  response: ServerResponse,
): void {
  route(core, sandbox, request, response).catch((error: unknown) => {
    const message = error instanceof Error ? (error.stack ?? error.message) : String(error);
    if (!response.headersSent) response.writeHead(500, { 'content-type': 'text/plain' });
    response.end(message);
  });
}

async function route(
  core: Core,
  sandbox: Sandbox,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const { pathname } = new URL(request.url ?? '/', 'http://localhost');
  const [, area = '', ...rest] = pathname.split('/');
  const body = await bodyOf(request);
  if (area === 'api') return handleCall(core, rest.join('/'), request, body, response);
  if (area === '_control') return await handleControl(core, sandbox, rest, request, body, response);
  if (area === 'response') return answerResponse(core, rest[0] ?? '', body, response);
  if (area === 'upload') {
    const isKnown = await receiveUpload(core, rest[1] ?? '', body, request.headers['content-type'] ?? '');
    response.writeHead(isKnown ? 200 : 404).end(isKnown ? `OK - ${body.length}` : 'not found');
    return;
  }
  if (area === 'files') {
    const file = core.workspace.files.get(rest[0] ?? '');
    if (file === undefined) return void response.writeHead(404).end();
    return void response.writeHead(200, { 'content-type': file.mimetype }).end(file.content);
  }
  return await servePage(pathname, response);
}

function answerResponse(core: Core, token: string, body: Buffer, response: ServerResponse): void {
  const started = performance.now();
  const payload = parsedBody(body);
  const { status, error } =
    payload === undefined
      ? { status: 400, error: 'invalid_payload' }
      : core.responseUrls.answer(core, token, payload);
  core.log.add({
    direction: 'from_app',
    kind: 'response_url',
    summary: error ?? '',
    ms: Math.round(performance.now() - started),
    ok: status === 200,
    payload,
    response: { status, error },
  });
  if (error === undefined) response.writeHead(200, { 'content-type': 'text/html' }).end('ok');
  else
    response
      .writeHead(status, { 'content-type': 'application/json' })
      .end(JSON.stringify({ ok: false, error }));
}

function parsedBody(body: Buffer): Fields | undefined {
  try {
    return fieldsOf(JSON.parse(body.toString()));
  } catch {
    return undefined;
  }
}

async function bodyOf(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}
