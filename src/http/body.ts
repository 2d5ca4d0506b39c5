import type { IncomingMessage } from 'node:http';

/** Nobody sends a form this large. */
export const mostBytes = 1_000_000;
/** How much of a body that is too large is let pass unread, so that the sender gets to read the answer. */
const mostIgnored = 16_000_000;
const slowest = 10_000;

export type ReceivedBody = { ok: true; body: Buffer } | { ok: false; status: 408 | 413; why: string };

const tooLarge: ReceivedBody = {
  ok: false,
  status: 413,
  why: 'The body is larger than 1 MB. Send one lead in each request.',
};
const tooSlow: ReceivedBody = {
  ok: false,
  status: 408,
  why: 'The body took longer than ten seconds. Send it again.',
};

/**
 * Reads a request's body, and never keeps more than 1 MB of it. Undefined when the sender hung up.
 *
 * What goes on coming after the answer 413 is thrown away unread: closing at once would reset the connection, and the
 * sender would not see why. One that does not stop is cut off.
 */
export function receiveBody(request: IncomingMessage): Promise<ReceivedBody | undefined> {
  return new Promise((resolve) => {
    const parts: Buffer[] = [];
    let length = 0;
    const settle = (result: ReceivedBody | undefined): void => {
      if (result?.ok !== true) parts.length = 0;
      resolve(result);
    };
    const deadline = setTimeout(() => {
      settle(tooSlow);
      setTimeout(() => request.destroy(), 1000).unref();
    }, slowest);
    const done = (): void => clearTimeout(deadline);
    if (Number(request.headers['content-length'] ?? 0) > mostBytes) settle(tooLarge);
    request.on('data', (part: Buffer) => {
      length += part.length;
      if (length <= mostBytes) parts.push(part);
      else if (length <= mostIgnored) settle(tooLarge);
      else request.destroy();
    });
    request.on('end', () => {
      done();
      if (length <= mostBytes) settle({ ok: true, body: Buffer.concat(parts, length) });
    });
    request.on('close', () => {
      done();
      settle(undefined);
    });
    request.on('error', () => undefined);
  });
}
