import { createServer, type Server } from 'node:http';
import type { CustomRoute } from '../slack/receivers.ts';

/** Serves the operators' routes and the intake where no HTTP receiver does. @throws when the port is taken */
export async function serveRoutes(routes: readonly CustomRoute[], port: number): Promise<Server> {
  const server = createServer((request, response) => {
    const path = request.url?.split('?', 1)[0] ?? '';
    for (const route of routes) {
      const params = route.method === request.method ? match(route.path, path) : undefined;
      if (params) return void route.handler(Object.assign(request, { params }), response);
    }
    return response.writeHead(404).end();
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, resolve);
  });
  return server;
}

/** So long may requests that are under way take to be answered, in milliseconds. */
const closingTime = 3000;

/** Takes no more requests in; resolves once those under way are answered, or cut off because they don't end. */
export async function closeServer(server: Server): Promise<void> {
  const cutOff = setTimeout(() => server.closeAllConnections(), closingTime);
  await new Promise<void>((resolve) => server.close(() => resolve()));
  clearTimeout(cutOff);
}

/** The values of `/intake/:team/:source` in a path, as Bolt's own receiver finds them; undefined where it does not fit. */
function match(pattern: string, path: string): Record<string, string> | undefined {
  const wanted = pattern.split('/');
  const given = path.split('/');
  if (wanted.length !== given.length) return undefined;
  const params: Record<string, string> = {};
  for (const [index, part] of wanted.entries()) {
    const value = given[index] ?? '';
    if (part.startsWith(':') && value !== '') params[part.slice(1)] = value;
    else if (part !== value) return undefined;
  }
  return params;
}
