const BASE = '/_control';

async function answer(response) {
  const body = await response.json().catch(() => ({}));
  if (!response.ok && body.ok === undefined)
    return { ...body, ok: false, error: body.error ?? `HTTP ${response.status}` };
  return body;
}

/** Reads one control resource; rejects when the server is away. */
export async function get(path) {
  const response = await fetch(`${BASE}${path}`, { headers: { accept: 'application/json' } });
  if (!response.ok) throw new Error(`GET ${path} answered ${response.status}`);
  return response.json();
}

/** Sends one control command. Never rejects: a server that is away answers `{ ok: false, error }` like a refusal. */
export async function post(path, body = {}) {
  try {
    const headers = { 'content-type': 'application/json' };
    return await answer(
      await fetch(`${BASE}${path}`, { method: 'POST', headers, body: JSON.stringify(body) }),
    );
  } catch {
    return { ok: false, error: 'sandbox_unreachable' };
  }
}

/**
 * Follows the server's events. The browser reconnects by itself; `onOpen` runs after every (re)connection, so that
 * what was missed can be fetched again.
 */
export function follow({ onEvent, onOpen, onBreak }) {
  let source;
  let retry;
  const connect = () => {
    source = new EventSource(`${BASE}/events`);
    source.onopen = onOpen;
    source.onmessage = (message) => onEvent(JSON.parse(message.data));
    source.onerror = () => {
      onBreak();
      // A refused connection closes the source for good; a dropped one reconnects on its own.
      if (source.readyState === EventSource.CLOSED) retry = setTimeout(connect, 1500);
    };
  };
  connect();
  return () => {
    clearTimeout(retry);
    source.close();
  };
}

/** Runs one task per key at a time; requests that arrive meanwhile share one more run, which sees the newest state. */
export function coalesce() {
  const running = new Map();
  return (key, task) => {
    const current = running.get(key);
    if (current) {
      current.again = true;
      return current.promise;
    }
    const entry = { again: false, promise: null };
    entry.promise = (async () => {
      try {
        do {
          entry.again = false;
          await task();
        } while (entry.again);
      } finally {
        running.delete(key);
      }
    })();
    running.set(key, entry);
    return entry.promise;
  };
}
