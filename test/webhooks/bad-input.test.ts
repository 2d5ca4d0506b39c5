import { once } from 'node:events';
import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { describe, expect, test } from 'vitest';
import { plainLead } from './samples/generic.ts';
import { type Intake, startIntake } from './support.ts';

const megabyte = 1_000_000;

function nested(depth: number, open = '{"a":', close = '}'): string {
  return `${open.repeat(depth)}1${close.repeat(depth)}`;
}

describe('what is signed and can not be read is refused with what to do, and stores nothing', () => {
  test.each<[string, string | Buffer, RegExp]>([
    ['an empty body', '', /^The body is empty/],
    ['no JSON', 'email=ada@analytical.example', /^The body is not valid JSON/],
    ['half a JSON', '{"email":"ada@analytical.example"', /^The body is not valid JSON/],
    ['a list', '[{"email":"ada@analytical.example"}]', /^The JSON is not an object/],
    ['a text', '"ada@analytical.example"', /^The JSON is not an object/],
    ['null', 'null', /^The JSON is not an object/],
    ['objects nested 10,000 deep', nested(10_000), /^The JSON is nested deeper than 64 levels/],
    [
      'lists nested 10,000 deep',
      `{"a":${nested(10_000, '[', ']')}}`,
      /^The JSON is nested deeper than 64 levels/,
    ],
    ['a megabyte of brackets', '['.repeat(megabyte), /^The JSON is nested deeper than 64 levels/],
    [
      'invalid UTF-8',
      Buffer.from([0x7b, 0x22, 0xc3, 0x28, 0x22, 0x3a, 0x31, 0x7d]),
      /^The body is not valid UTF-8/,
    ],
    ['Windows-1252', Buffer.from('{"name":"Zo\xeb"}', 'latin1'), /^The body is not valid UTF-8/],
    [
      'half a surrogate pair, encoded',
      Buffer.from([0x22, 0xed, 0xa0, 0xbd, 0x22]),
      /^The body is not valid UTF-8/,
    ],
    ['gzip', Buffer.from([0x1f, 0x8b, 0x08, 0x00]), /uncompressed/],
  ])('%s: 400', async (_what, body, sentence) => {
    const intake = await startIntake();
    const made = await intake.source('json');
    const before = await intake.stored();
    expect(await intake.send(made, typeof body === 'string' ? Buffer.from(body) : body)).toMatchObject({
      status: 400,
      body: { ok: false, error: expect.stringMatching(sentence) as string },
    });
    expect(await intake.stored()).toEqual(before);
  });

  test.each([
    ['typeform', { event_type: 'form_deleted' }, 'Typeform responses'],
    ['tally', { eventType: 'SOMETHING' }, 'Tally responses'],
    ['calendly', { hello: 'world' }, 'Calendly events'],
    ['hubspot', {}, 'HubSpot’s workflow webhook'],
    ['webflow', { triggerType: 'site_publish', payload: {} }, 'Webflow form submissions'],
    ['json', { list: [] }, 'a JSON object with the fields of one lead'],
  ] as const)('an unknown form at the address of a %s source: 422', async (kind, body, expected) => {
    const intake = await startIntake();
    const made = await intake.source(kind);
    const before = await intake.stored();
    const reply = await intake.send(made, body);
    expect(reply.status).toBe(422);
    expect(reply.body['error']).toContain(`This address expects ${expected}`);
    expect(await intake.stored()).toEqual(before);
  });

  test('64 levels and brackets inside of texts are fine', async () => {
    const intake = await startIntake();
    const made = await intake.source('token');
    const deep = JSON.parse(nested(62)) as object;
    expect((await intake.send(made, { ...plainLead, deep, note: '[{'.repeat(5000) })).status).toBe(200);
  });

  test('a byte order mark is no mistake', async () => {
    const intake = await startIntake();
    const made = await intake.source('token');
    expect((await intake.send(made, `\ufeff${JSON.stringify(plainLead)}`)).status).toBe(200);
  });
});

/** Sends a body piece by piece without saying how long it is, all of it before it reads the answer, and one more request. */
async function stream(intake: Intake, bytes: number): Promise<string> {
  const socket = connect(intake.port, 'localhost');
  await once(socket, 'connect');
  const head = 'POST /intake/1/website HTTP/1.1\r\nHost: localhost\r\n';
  socket.write(`${head}Transfer-Encoding: chunked\r\n\r\n`);
  const piece = Buffer.alloc(64 * 1024, 32);
  const chunk = Buffer.concat([Buffer.from(`${piece.length.toString(16)}\r\n`), piece, Buffer.from('\r\n')]);
  for (let sent = 0; sent < bytes; sent += piece.length) {
    if (!socket.write(chunk)) await once(socket, 'drain');
  }
  socket.end(`0\r\n\r\n${head}Connection: close\r\nContent-Length: 2\r\n\r\n{}`);
  return text(socket);
}

describe.each([
  ['Socket Mode', false],
  ['HTTP mode', true],
])('too much, %s', (_mode, overHttp) => {
  test('a body of 5 MB is answered with 413, and the next request works', async () => {
    const intake = await startIntake({ overHttp });
    const made = await intake.source('token');
    const before = await intake.stored();
    const large = JSON.stringify({ ...plainLead, message: 'x'.repeat(5 * megabyte) });
    expect(await intake.send(made, large)).toMatchObject({
      status: 413,
      body: { ok: false, error: expect.stringContaining('larger than 1 MB') as string },
    });
    expect(await intake.stored()).toEqual(before);
    expect((await intake.send(made, plainLead)).status).toBe(200);
  });

  test('a body of 5 MB that does not say how long it is: 413 as well, and the connection lives on', async () => {
    const intake = await startIntake({ overHttp });
    await intake.source('token');
    const [first = '', second = ''] = (await stream(intake, 5 * megabyte)).split(/(?<=\})(?=HTTP)/);
    expect(first).toMatch(/^HTTP\/1\.1 413 [^]*larger than 1 MB/);
    expect(second).toMatch(/^HTTP\/1\.1 401 /);
  });
});

test('a body of exactly 1 MB is read, one byte more is not', async () => {
  const intake = await startIntake();
  const made = await intake.source('token');
  const frame = JSON.stringify({ ...plainLead, message: '' }).length;
  const sized = (bytes: number): string =>
    JSON.stringify({ ...plainLead, message: 'x'.repeat(bytes - frame) });
  expect((await intake.send(made, sized(megabyte + 1))).status).toBe(413);
  expect((await intake.send(made, sized(megabyte))).status).toBe(200);
});

test('a sender that does not stop is cut off', async () => {
  const intake = await startIntake();
  const socket = connect(intake.port, 'localhost');
  await once(socket, 'connect');
  socket.on('error', () => undefined);
  const closed = new Promise((done) => socket.once('close', done));
  socket.write('POST /intake/1/website HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n');
  socket.resume();
  const piece = Buffer.alloc(megabyte, 97);
  let pieces = 0;
  const write = (): void => {
    if (socket.destroyed || pieces === 1000) return;
    pieces += 1;
    socket.write(`${piece.length.toString(16)}\r\n`);
    socket.write(piece);
    socket.write('\r\n', (error) => error ?? write());
  };
  write();
  await closed;
  expect(pieces).toBeLessThan(100);
});

test('a sender that hangs up in the middle leaves nothing behind', async () => {
  const intake = await startIntake();
  const made = await intake.source('token');
  const before = await intake.stored();
  const socket = connect(intake.port, 'localhost');
  await once(socket, 'connect');
  socket.write('POST /intake/1/website HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1000\r\n\r\n{"email":');
  socket.destroy();
  await once(socket, 'close');
  expect((await intake.send(made, plainLead)).status).toBe(200);
  expect((await intake.stored())['lead']).toBe((before['lead'] ?? 0) + 1);
});

describe('addresses that are none', () => {
  test.each(['nowhere', 'Website', 'website%2f', '..%2f..'])('/intake/1/%s: 404', async (slug) => {
    const intake = await startIntake();
    const { secret } = await intake.source('token');
    const reply = await intake.post(slug, {
      headers: { authorization: `Bearer ${secret}` },
      body: plainLead,
    });
    expect(reply).toMatchObject({
      status: 404,
      body: { ok: false, error: expect.stringContaining('no source') as string },
    });
    expect((await intake.stored())['lead']).toBe(0);
  });

  test.each(['2/website', '01/website', '1e0/website', '99999999999999999999/website', '-1/website'])(
    '/intake/%s: no other team’s',
    async (path) => {
      const intake = await startIntake();
      const { secret } = await intake.source('token');
      const address = `http://localhost:${intake.port}/intake/${path}`;
      const headers = { authorization: `Bearer ${secret}` };
      const response = await fetch(address, { method: 'POST', headers, body: JSON.stringify(plainLead) });
      expect(response.status).toBe(404);
    },
  );

  test('a look with the browser says that it is for systems', async () => {
    const intake = await startIntake();
    const response = await fetch(intake.address('website'));
    expect([response.status, response.headers.get('allow')]).toEqual([405, 'POST']);
    expect(await response.json()).toMatchObject({
      ok: false,
      error: expect.stringContaining('POST') as string,
    });
  });

  test('a source that was removed answers no more', async () => {
    const intake = await startIntake();
    const made = await intake.source('token');
    await intake.world.db.updateTable('webhook_source').set({ removed_at: 1 }).execute();
    expect((await intake.send(made, plainLead)).status).toBe(404);
  });
});
