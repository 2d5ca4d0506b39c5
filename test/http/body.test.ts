import { once } from 'node:events';
import { type AddressInfo, connect, type Socket } from 'node:net';
import { text } from 'node:stream/consumers';
import { expect, onTestFinished, test, vi } from 'vitest';
import { BodyRoom, receiveBody, type ReceivedBody } from '../../src/http/body.ts';
import { serveRoutes } from '../../src/http/server.ts';

const head = 'POST / HTTP/1.1\r\nHost: localhost\r\n';

/** A server that does nothing but receive a body, and a connection to it. */
async function connection(
  room?: BodyRoom,
): Promise<{ socket: Socket; received: Promise<ReceivedBody | undefined> }> {
  const { promise: received, resolve } = Promise.withResolvers<ReceivedBody | undefined>();
  const server = await serveRoutes(
    [
      {
        path: '/',
        method: 'POST',
        handler: (request, response) => {
          void receiveBody(request, room).then((result) => {
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

test('a body that does not come within ten seconds: the sender is asked to come again, and cut off a second later', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  onTestFinished(() => void vi.useRealTimers());
  const { socket, received } = await connection();
  const said = text(socket);
  socket.write(`${head}Content-Length: 100\r\n\r\n{"slow":`);
  while (vi.getTimerCount() === 0) await new Promise((done) => setImmediate(done));
  vi.advanceTimersByTime(10_000);
  expect(await received).toMatchObject({ ok: false, status: 503 });
  await new Promise((done) => setImmediate(done));
  vi.advanceTimersByTime(1000);
  expect(await said).toMatch(/^HTTP\/1\.1 503 /);
});

test('a sender that hangs up leaves nothing to answer', async () => {
  const { socket, received } = await connection();
  socket.write(`${head}Content-Length: 100\r\n\r\n{`);
  await new Promise((done) => setImmediate(done));
  socket.destroy();
  expect(await received).toBeUndefined();
});

test('many half-sent bodies never take more memory than there is for all of them', async () => {
  const room = new BodyRoom(1000);
  const first = await connection(room);
  first.socket.write(`${head}Content-Length: 900\r\n\r\n${'a'.repeat(899)}`);
  await expect.poll(() => room.left, { timeout: 20_000 }).toBe(101);
  const second = await connection(room);
  second.socket.write(`${head}Content-Length: 200\r\n\r\n${'b'.repeat(200)}`);
  expect(await second.received).toMatchObject({ ok: false, status: 503 });
  first.socket.write('a');
  expect(await first.received).toMatchObject({ ok: true });
  await expect.poll(() => room.left, { timeout: 20_000 }).toBe(1000);
  const third = await connection(room);
  third.socket.write(`${head}Content-Length: 200\r\n\r\n${'c'.repeat(200)}`);
  expect(await third.received).toMatchObject({ ok: true });
  for (const { socket } of [first, second, third]) socket.destroy();
});
