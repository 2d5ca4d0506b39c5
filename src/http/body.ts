import type { IncomingMessage } from 'node:http';

/** Nobody sends a form this large. */
export const mostBytes = 1_000_000;
/** How much of a body that is too large is let pass unread, so that the sender gets to read the answer. */
const mostIgnored = 16_000_000;
const slowest = 10_000;

export type ReceivedBody = { ok: true; body: Buffer } | { ok: false; status: 413 | 503; why: string };

const tooLarge: ReceivedBody = {
  ok: false,
  status: 413,
  why: 'The body is larger than 1 MB. Send one lead in each request.',
};
// Not 408: some senders drop what they get a 4xx for, and this may be a lead.
const tooSlow: ReceivedBody = {
  ok: false,
  status: 503,
  why: 'The body took longer than ten seconds. Send it again.',
};
const noRoom: ReceivedBody = {
  ok: false,
  status: 503,
  why: 'Too many requests are coming in at this moment. Send it again.',
};

/** The memory for all bodies that are coming in: whoever sends half of many gets no more of it than this. */
export class BodyRoom {
  /** Bytes. */
  left: number;

  constructor(bytes: number) {
    this.left = bytes;
  }
}

const wholeRoom = new BodyRoom(64_000_000);

/**
 * Reads a request's body, and never keeps more than 1 MB of it, nor more than there is room for. Undefined when the
 * sender hung up.
 *
 * What goes on coming after the answer 413 is thrown away unread: closing at once would reset the connection, and the
 * sender would not see why. One that does not stop is cut off.
 */
export function receiveBody(
  request: IncomingMessage,
  room: BodyRoom = wholeRoom,
): Promise<ReceivedBody | undefined> {
  return new Promise((resolve) => {
    let parts: Buffer[] | undefined = [];
    let [length, taken] = [0, 0];
    const settle = (result: ReceivedBody | undefined): void => {
      parts = undefined;
      room.left += taken;
      taken = 0;
      resolve(result);
    };
    const deadline = setTimeout(() => {
      settle(tooSlow);
      setTimeout(() => request.destroy(), 1000).unref();
    }, slowest);
    if (Number(request.headers['content-length'] ?? 0) > mostBytes) settle(tooLarge);
    request.on('data', (part: Buffer) => {
      length += part.length;
      if (length > mostIgnored) request.destroy();
      else if (length > mostBytes) settle(tooLarge);
      else if (part.length > room.left) settle(noRoom);
      else if (parts) {
        parts.push(part);
        taken += part.length;
        room.left -= part.length;
      }
    });
    request.on('end', () => {
      clearTimeout(deadline);
      if (parts) settle({ ok: true, body: Buffer.concat(parts, length) });
    });
    request.on('close', () => {
      clearTimeout(deadline);
      settle(undefined);
    });
    request.on('error', () => undefined);
  });
}
