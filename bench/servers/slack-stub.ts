import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { WebSocketServer } from 'ws';
import { workspace } from '../seed.ts';

/** About what a call to the real Slack costs at best. */
const delayMs = 20;

export interface SlackStub {
  /** For `SLACK_API_URL`. */
  url: string;
  stop(): void;
}

/** A Slack that says yes to everything, and opens a socket on which nothing ever happens. */
export async function startSlackStub(): Promise<SlackStub> {
  let sent = 0;
  const sockets = new WebSocketServer({ noServer: true });
  sockets.on('connection', (socket) =>
    socket.send(
      JSON.stringify({ type: 'hello', num_connections: 1, connection_info: { app_id: 'A0BENCH' } }),
    ),
  );
  const server = createServer((request, response) => {
    request.resume();
    sent += 1;
    const body = {
      ok: true,
      ts: `1800000000.${String(sent).padStart(6, '0')}`,
      channel: 'C0LEADS',
      team_id: workspace.teamId,
      user_id: workspace.botUserId,
      bot_id: 'B0BOT',
      url: request.url?.includes('connections.open') ? `ws://127.0.0.1:${port}/` : workspace.url,
    };
    setTimeout(() => {
      response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(body));
    }, delayMs);
  });
  server.on('upgrade', (request, socket, head) =>
    sockets.handleUpgrade(request, socket, head, (open) => sockets.emit('connection', open, request)),
  );
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/api/`,
    stop: () => {
      for (const socket of sockets.clients) socket.terminate();
      server.close();
      server.closeAllConnections();
    },
  };
}
