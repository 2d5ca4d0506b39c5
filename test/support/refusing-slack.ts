import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';

/**
 * Stands in front of a Slack and refuses every call that names this kind of block, as a server does that lacks it.
 * Ends with the test.
 * @param apiUrl the Web API behind it, with the closing slash
 * @returns the address for the app
 */
export async function refusingSlack(blockType: string, apiUrl: string): Promise<string> {
  const server = createServer((request, response) => {
    void (async () => {
      const body = await bodyOf(request);
      response.setHeader('content-type', 'application/json');
      if (body.includes(blockType)) {
        response.end(JSON.stringify({ ok: false, error: 'invalid_blocks' }));
        return;
      }
      const method = (request.url ?? '').replace(/^\/api\//, '');
      const { authorization = '', 'content-type': type = '' } = request.headers;
      const headers = { authorization, 'content-type': type };
      response.end(await (await fetch(apiUrl + method, { method: 'POST', headers, body })).text());
    })();
  });
  await new Promise<void>((resolve) => server.listen(0, 'localhost', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://localhost:${(server.address() as AddressInfo).port}/api/`;
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
}
