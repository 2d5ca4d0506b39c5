import { createServer, type Server } from 'node:http';
import type { CustomRoute } from '../slack/receivers.ts';

/** Serves the operators' routes where no HTTP receiver does. @throws when the port is taken */
export async function serveRoutes(routes: readonly CustomRoute[], port: number): Promise<Server> {
  const server = createServer((request, response) => {
    const path = request.url?.split('?', 1)[0];
    const route = routes.find((entry) => entry.path === path && entry.method === request.method);
    if (route) void route.handler(Object.assign(request, { params: {} }), response);
    else response.writeHead(404).end();
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, resolve);
  });
  return server;
}
