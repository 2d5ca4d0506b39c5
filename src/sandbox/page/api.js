const BASE = '/_control';

/** Reads one control resource; rejects when the server is away. */
export async function get(path) {
  const response = await fetch(BASE + path);
  if (!response.ok) throw new Error(`GET ${path} answered ${response.status}`);
  return response.json();
}

/** Sends one control command. Never rejects: a refusal is `{ ok: false, error, status }`, a server that is away too. */
export async function post(path, body = {}) {
  const headers = { 'content-type': 'application/json' };
  try {
    const response = await fetch(BASE + path, { method: 'POST', headers, body: JSON.stringify(body) });
    const answer = await response.json().catch(() => ({ error: `HTTP ${response.status}` }));
    return response.ok ? answer : { ...answer, ok: false, status: response.status };
  } catch {
    return { ok: false, error: 'The Sandbox does not answer.' };
  }
}

/** Follows the server's events. `onOpen` runs after every (re)connection: what was missed can be fetched again. */
export function follow({ onEvent, onOpen, onBreak }) {
  const source = new EventSource(`${BASE}/events`);
  source.onopen = onOpen;
  source.onmessage = (message) => onEvent(JSON.parse(message.data));
  source.onerror = () => {
    onBreak();
    // A dropped connection comes back by itself; a refused one is closed for good.
    if (source.readyState === EventSource.CLOSED)
      setTimeout(() => follow({ onEvent, onOpen, onBreak }), 1500);
  };
}

/** Runs one task per key at a time; calls that come meanwhile share one more run, which sees the newest state. */
export function coalesce() {
  const running = new Map();
  const waiting = new Map();
  return function once(key, task) {
    if (!running.has(key)) {
      running.set(
        key,
        task().finally(() => running.delete(key)),
      );
      return running.get(key);
    }
    const next = () => (waiting.delete(key), once(key, task));
    if (!waiting.has(key)) waiting.set(key, running.get(key).then(next, next));
    return waiting.get(key);
  };
}
