import { readFile } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createRequire } from 'node:module';
import { dirname, extname, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';
import { handleControl } from './control.ts';
import type { Core } from './core.ts';
import { privateFile, receiveUpload } from './files.ts';
import type { Sandbox } from './index.ts';
import { answerResponse } from './response-url.ts';
import { isFields, parseJson } from './values.ts';
import { handleCall } from './web-api/call.ts';

const pageFolder = join(dirname(fileURLToPath(import.meta.url)), 'page');
const { resolve } = createRequire(import.meta.url);

/** Libraries that the page's import map names, in the builds that browsers load as modules. */
const vendor: Record<string, () => string> = {
  '/vendor/preact.js': () => resolve('preact'),
  '/vendor/preact-hooks.js': () => resolve('preact/hooks'),
  '/vendor/htm.js': () => join(dirname(resolve('htm')), 'htm.module.js'),
  '/vendor/signals.js': () => join(dirname(resolve('@preact/signals')), 'signals.mjs'),
  '/vendor/signals-core.js': () => join(dirname(resolve('@preact/signals-core')), 'signals-core.mjs'),
  '/vendor/chart.js': () => join(dirname(resolve('chart.js')), 'chart.umd.min.js'),
  '/vendor/gemoji.js': () => resolve('gemoji'),
  '/vendor/luxon.js': () => join(dirname(resolve('luxon')), '../es6/luxon.mjs'),
};

const kinds: Record<string, string> = { '.html': 'text/html', '.css': 'text/css' };

/** Answers everything that is asked of the sandbox by HTTP: the Web API, the control API, files and the page. */
export async function handleRequest(
  core: Core,
  sandbox: Sandbox,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const { headers, method = '' } = request;
  const url = new URL(request.url ?? '/', 'http://localhost');
  const [, area = '', ...rest] = url.pathname.split('/');
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const body = Buffer.concat(chunks);
  switch (area) {
    case 'api':
      return handleCall(core, { method: rest.join('/'), url, headers, body }, response);
    case '_control':
      return await handleControl(core, sandbox, { method, url, body }, response);
    case 'response':
      return handleResponse(core, rest[0] ?? '', body, response);
    case 'upload': {
      const isKnown = await receiveUpload(core, rest[1] ?? '', body, headers['content-type'] ?? '');
      return void response.writeHead(isKnown ? 200 : 404).end(isKnown ? `OK - ${body.length}` : 'not found');
    }
    case 'files':
    case 'files-pri': {
      const [id = ''] = rest;
      const isPrivate = area === 'files-pri';
      const file = isPrivate ? privateFile(core, id, headers.authorization) : core.workspace.files.get(id);
      // As Slack does: who has no right to a file is sent to a page for signing in, not told off.
      if (file === undefined) return void response.writeHead(isPrivate ? 302 : 404, { location: '/' }).end();
      return void response.writeHead(200, { 'content-type': file.mimetype }).end(file.content);
    }
    default:
      return await servePage(url.pathname, response);
  }
}

function handleResponse(core: Core, token: string, body: Buffer, response: ServerResponse): void {
  const started = performance.now();
  const payload = parseJson(body.toString());
  const refused = { status: 400, error: 'invalid_payload' };
  const answer = isFields(payload) ? answerResponse(core, token, payload) : refused;
  const { status, error } = answer;
  const about = { kind: 'response_url', summary: error ?? '', ok: status === 200, payload, response: answer };
  core.record(started, { direction: 'from_app', ...about });
  const contentType = error === undefined ? 'text/html' : 'application/json';
  const text = error === undefined ? 'ok' : JSON.stringify({ ok: false, error });
  response.writeHead(status, { 'content-type': contentType }).end(text);
}

/** Serves the web page's own files and the libraries it uses; nothing outside of them. */
async function servePage(pathname: string, response: ServerResponse): Promise<void> {
  try {
    const path = vendor[pathname]?.() ?? pathInPage(pathname);
    const content = await readFile(path);
    const contentType = `${kinds[extname(path)] ?? 'text/javascript'}; charset=utf-8`;
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
