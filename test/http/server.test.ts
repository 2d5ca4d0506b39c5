import { once } from 'node:events';
import type { ServerResponse } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { expect, onTestFinished, test, vi } from 'vitest';
import { closeServer, serveRoutes } from '../../src/http/server.ts';

async function served(): Promise<number> {
  const server = await serveRoutes(
    [
      { path: '/healthz', method: 'GET', handler: (_request, response) => void response.end('fine') },
      {
        path: '/intake/:team/:source',
        method: 'GET',
        handler: ({ params }, response) => void response.end(JSON.stringify(params)),
      },
    ],
    0,
  );
  onTestFinished(() => void server.close());
  return (server.address() as AddressInfo).port;
}

async function ask(port: number, requestLine: string): Promise<string> {
  const socket = connect(port, 'localhost');
  await once(socket, 'connect');
  socket.end(`${requestLine}\r\nHost: localhost\r\nConnection: close\r\n\r\n`);
  return text(socket);
}

test('a route answers, with a query as well', async () => {
  const port = await served();
  expect(await ask(port, 'GET /healthz?verbose HTTP/1.1')).toContain('fine');
});

test('the parts of a path are handed over as they were asked for', async () => {
  const port = await served();
  const answer = await ask(port, 'GET /intake/1/web%2Fsite?x=/y HTTP/1.1');
  expect(answer).toContain('{"team":"1","source":"web%2Fsite"}');
});

test.each([
  'GET // HTTP/1.1',
  'GET /%zz HTTP/1.1',
  'GET * HTTP/1.1',
  'POST /healthz HTTP/1.1',
  'GET /intake/1 HTTP/1.1',
  'GET /intake/1/ HTTP/1.1',
  'GET /intake/1/2/3 HTTP/1.1',
  'GET /intake//2 HTTP/1.1',
  'GET /other/1/2 HTTP/1.1',
])('%s is answered with 404 and the server goes on', async (requestLine) => {
  const port = await served();
  expect(await ask(port, requestLine)).toContain('404');
  expect(await ask(port, 'GET /healthz HTTP/1.1')).toContain('fine');
});

test('closing lets a request that is under way have its answer, and takes no other', async () => {
  const { promise: asked, resolve: ask } = Promise.withResolvers<ServerResponse>();
  const handler = (_request: unknown, response: ServerResponse): void => ask(response);
  const server = await serveRoutes([{ path: '/slow', method: 'GET', handler }], 0);
  const { port } = server.address() as AddressInfo;
  const socket = connect(port, 'localhost');
  const answer = text(socket);
  socket.write('GET /slow HTTP/1.1\r\nHost: localhost\r\n\r\n');
  const response = await asked;
  const closed = closeServer(server);
  await expect(once(connect(port, 'localhost'), 'connect')).rejects.toThrow('ECONNREFUSED');
  response.end('done');
  await closed;
  expect(await answer).toContain('done');
});

test('closing does not wait for a request that never ends', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  onTestFinished(() => void vi.useRealTimers());
  const { promise: asked, resolve: ask } = Promise.withResolvers<void>();
  const server = await serveRoutes([{ path: '/slow', method: 'GET', handler: () => ask() }], 0);
  const socket = connect((server.address() as AddressInfo).port, 'localhost');
  socket.on('error', () => undefined);
  socket.write('GET /slow HTTP/1.1\r\nHost: localhost\r\n\r\n');
  await asked;
  const closed = closeServer(server);
  vi.advanceTimersByTime(3000);
  await closed;
  socket.destroy();
});
