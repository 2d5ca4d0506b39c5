import { once } from 'node:events';
import { type AddressInfo, connect, type Socket } from 'node:net';
import { text } from 'node:stream/consumers';
import { expect, onTestFinished, test, vi } from 'vitest';
import { receiveBody, type ReceivedBody } from '../../src/http/body.ts';
import { serveRoutes } from '../../src/http/server.ts';

const head = 'POST / HTTP/1.1\r\nHost: localhost\r\n';

/** A server that does nothing but receive a body, and a connection to it. */
async function connection(): Promise<{ socket: Socket; received: Promise<ReceivedBody | undefined> }> {
  const { promise: received, resolve } = Promise.withResolvers<ReceivedBody | undefined>();
  const server = await serveRoutes(
    [
      {
        path: '/',
        method: 'POST',
        handler: (request, response) => {
          void receiveBody(request).then((result) => {
            resolve(result);
            response.writeHead(result?.ok === true ? 200 : (result?.status ?? 500)).end();
          });
        },
      },
    ],
    0,
  );
  onTestFinished(() => void server.close());
  const socket = connect((server.address() as AddressInfo).port, 'localhost');
  await once(socket, 'connect');
  return { socket, received };
}

test('a body that comes in pieces is put together byte for byte', async () => {
  const { socket, received } = await connection();
  socket.write(`${head}Content-Length: 6\r\n\r\nab\0`);
  socket.write(Buffer.from([0xff, 0xfe, 0x00]));
  expect(await received).toEqual({ ok: true, body: Buffer.from([0x61, 0x62, 0, 0xff, 0xfe, 0]) });
  socket.destroy();
});

test('a body that says beforehand how large it is gets its answer before it is sent', async () => {
  const { socket, received } = await connection();
  socket.write(`${head}Content-Length: 5000000\r\n\r\n`);
  expect(await received).toMatchObject({ ok: false, status: 413 });
  socket.destroy();
});

test('a body that does not come within ten seconds is answered with 408 and cut off a second later', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  onTestFinished(() => void vi.useRealTimers());
  const { socket, received } = await connection();
  const said = text(socket);
  socket.write(`${head}Content-Length: 100\r\n\r\n{"slow":`);
  while (vi.getTimerCount() === 0) await new Promise((done) => setImmediate(done));
  vi.advanceTimersByTime(10_000);
  expect(await received).toMatchObject({ ok: false, status: 408 });
  await new Promise((done) => setImmediate(done));
  vi.advanceTimersByTime(1000);
  expect(await said).toMatch(/^HTTP\/1\.1 408 /);
});

test('a sender that hangs up leaves nothing to answer', async () => {
  const { socket, received } = await connection();
  socket.write(`${head}Content-Length: 100\r\n\r\n{`);
  await new Promise((done) => setImmediate(done));
  socket.destroy();
  expect(await received).toBeUndefined();
});
