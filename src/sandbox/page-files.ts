import { readFile } from 'node:fs/promises';
import type { ServerResponse } from 'node:http';
import { createRequire } from 'node:module';
import { dirname, extname, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';

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
  '.png': 'image/png',
  '.json': 'application/json',
};

/** Serves the web page's own files and the libraries it uses; nothing outside of them. */
export async function servePage(pathname: string, response: ServerResponse): Promise<void> {
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
