/** No form nests deeper; what does is meant to hurt. */
const deepest = 64;

export type ParsedBody = { ok: true; payload: Record<string, unknown> } | { ok: false; why: string };

/** Reads a body as a JSON object in UTF-8. Never throws: what can't be read is said in a sentence. */
export function parseBody(body: Uint8Array): ParsedBody {
  if (body.length === 0) return { ok: false, why: 'The body is empty. Send a JSON object.' };
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(body);
  } catch {
    return { ok: false, why: 'The body is not valid UTF-8. Send uncompressed JSON, encoded as UTF-8.' };
  }
  if (nestsDeeper(text, deepest)) {
    return { ok: false, why: `The JSON is nested deeper than ${deepest} levels. Send a flatter object.` };
  }
  try {
    const payload: unknown = JSON.parse(text);
    return isObject(payload)
      ? { ok: true, payload }
      : { ok: false, why: 'The JSON is not an object. Send one object, { … }, for each lead.' };
  } catch {
    return { ok: false, why: 'The body is not valid JSON. Send a JSON object.' };
  }
}

export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Counts brackets outside of strings, so that no parser has to go that deep to find out. */
function nestsDeeper(text: string, most: number): boolean {
  let depth = 0;
  let inString = false;
  for (let index = 0; index < text.length; index += 1) {
    const sign = text[index];
    if (inString) {
      if (sign === '\\') index += 1;
      else if (sign === '"') inString = false;
    } else if (sign === '"') inString = true;
    else if (sign === '{' || sign === '[') {
      depth += 1;
      if (depth > most) return true;
    } else if (sign === '}' || sign === ']') depth -= 1;
  }
  return false;
}
