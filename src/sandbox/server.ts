import { readFile } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createRequire } from 'node:module';
import { dirname, extname, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';
import { handleControl } from './control.ts';
import type { Core } from './core.ts';
import type { Sandbox } from './index.ts';
import { isFields } from './values.ts';
import { handleCall } from './web-api/call.ts';
import { privateFile, receiveUpload } from './web-api/files.ts';

const pageFolder = join(dirname(fileURLToPath(import.meta.url)), 'page');
const { resolve } = createRequire(import.meta.url);

/** Libraries that the page's import map names, in the builds that browsers load as modules. */
const vendor: Record<string, () => string> = {
  '/vendor/preact.js': () => resolve('preact'),
  '/vendor/preact-hooks.js': () => resolve('preact/hooks'),
  '/vendor/htm.js': () => join(dirname(resolve('htm')), 'htm.module.js'),
};

const contentTypes: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
};

/** Answers everything that is asked of the sandbox by HTTP: the Web API, the control API, files and the page. */
export async function handleRequest(
  core: Core,
  sandbox: Sandbox,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  try {
    await route(core, sandbox, request, response);
  } catch (error) {
    if (!response.headersSent) response.writeHead(500, { 'content-type': 'text/plain' });
    response.end(error instanceof Error ? (error.stack ?? error.message) : String(error));
  }
}

async function route(
  core: Core,
  sandbox: Sandbox,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const { pathname } = new URL(request.url ?? '/', 'http://localhost');
  const [, area = '', ...rest] = pathname.split('/');
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const body = Buffer.concat(chunks);
  const { authorization, 'content-type': type = '' } = request.headers;
  switch (area) {
    case 'api':
      return handleCall(core, rest.join('/'), request, body, response);
    case '_control':
      return await handleControl(core, sandbox, rest, request, body, response);
    case 'response':
      return answerResponse(core, rest[0] ?? '', body, response);
    case 'upload': {
      const isKnown = await receiveUpload(core, rest[1] ?? '', body, type);
      return void response.writeHead(isKnown ? 200 : 404).end(isKnown ? `OK - ${body.length}` : 'not found');
    }
    case 'files':
    case 'files-pri': {
      const isPrivate = area === 'files-pri';
      const id = rest[0] ?? '';
      const file = isPrivate ? privateFile(core, id, authorization) : core.workspace.files.get(id);
      // As Slack does: who has no right to a file is sent to a page for signing in, not told off.
      if (file === undefined) return void response.writeHead(isPrivate ? 302 : 404, { location: '/' }).end();
      return void response.writeHead(200, { 'content-type': file.mimetype }).end(file.content);
    }
    default:
      return await servePage(pathname, response);
  }
}

function answerResponse(core: Core, token: string, body: Buffer, response: ServerResponse): void {
  const started = performance.now();
  let payload: unknown;
  try {
    payload = JSON.parse(body.toString());
  } catch {
    payload = undefined;
  }
  const answer = isFields(payload)
    ? core.responseUrls.answer(core, token, payload)
    : { status: 400, error: 'invalid_payload' };
  const { status, error } = answer;
  core.log.add(started, {
    direction: 'from_app',
    kind: 'response_url',
    summary: error ?? '',
    ok: status === 200,
    payload,
    response: answer,
  });
  const [contentType, text] =
    error === undefined ? ['text/html', 'ok'] : ['application/json', JSON.stringify({ ok: false, error })];
  response.writeHead(status, { 'content-type': contentType }).end(text);
}

/** Serves the web page's own files and the libraries it uses; nothing outside of them. */
async function servePage(pathname: string, response: ServerResponse): Promise<void> {
  try {
    const path = vendor[pathname]?.() ?? pathInPage(pathname);
    const content = await readFile(path);
    const contentType = contentTypes[extname(path)] ?? 'application/octet-stream';
    response.writeHead(200, { 'content-type': contentType, 'cache-control': 'no-cache' }).end(content);
  } catch {
    response.writeHead(404, { 'content-type': 'text/plain' }).end('not found');
  }
}

function pathInPage(pathname: string): string {
  if (pathname === '/') return join(pageFolder, 'index.html');
  if (!pathname.startsWith('/page/')) throw new Error('not part of the page');
  // Normalised from the root, so that no number of dots leads out of the folder.
  return join(pageFolder, normalize(decodeURIComponent(pathname.slice('/page'.length))));
}
