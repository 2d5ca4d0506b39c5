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
    const answer = await response.json();
    return response.ok ? answer : { ...answer, ok: false, status: response.status };
  } catch {
    return { ok: false, error: 'The Sandbox does not answer.' };
  }
}

/** Picked, dropped or pasted files as the control API takes them. */
export const readFiles = (files) =>
  Promise.all(
    [...files].map(async (file) => {
      const bytes = new Uint8Array(await file.arrayBuffer());
      const content = btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''));
      return { name: file.name, mimetype: file.type || undefined, encoding: 'base64', content };
    }),
  );
