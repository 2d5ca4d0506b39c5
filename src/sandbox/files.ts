import type { Core } from './core.ts';
import type { SandboxApp } from './types.ts';
import { listOf, newId, textOf, type Fields } from './values.ts';

const mimeTypes: Record<string, string> = {
  csv: 'text/csv',
  gif: 'image/gif',
  jpg: 'image/jpeg',
  json: 'application/json',
  pdf: 'application/pdf',
  png: 'image/png',
  txt: 'text/plain',
};

const fileType = (name: string): string => /\.(\w+)$/.exec(name)?.[1]?.toLowerCase() ?? '';

type Stored = { content: Buffer; isComplete: boolean; mimetype: string; altText?: string };
export type StoredFile = ReturnType<typeof newFile>;

export function newFile({ workspace }: Core, name: string, user: string, more: Partial<Stored> = {}) {
  const mimetype = mimeTypes[fileType(name)] ?? 'application/octet-stream';
  const empty: Stored = { content: Buffer.alloc(0), isComplete: false, mimetype };
  const about = { id: newId('F'), name, title: name, user, created: workspace.nowSeconds };
  const file = { ...about, channels: new Set<string>(), ...empty, ...more };
  workspace.files.set(file.id, file);
  return file;
}

/** A file as payloads show it. The private addresses want the bot token; the permalink is for people. */
export function fileObject({ url }: Core, file: StoredFile): Fields {
  const { id, created, name, title, mimetype, user, channels, altText } = file;
  const filetype = fileType(name);
  const path = `${id}/${encodeURIComponent(name)}`;
  return {
    id,
    created,
    timestamp: created,
    name,
    title,
    mimetype,
    filetype,
    pretty_type: filetype.toUpperCase(),
    size: file.content.length,
    user,
    mode: 'hosted',
    is_public: channels.size > 0,
    url_private: `${url}/files-pri/${path}`,
    url_private_download: `${url}/files-pri/${path}?download=1`,
    permalink: `${url}/files/${path}`,
    channels: [...channels],
    alt_txt: altText,
  };
}

/** Makes real files of what a person gave: `{ name, content, mimetype?, encoding?: 'base64' }`, or the id of one. */
export function keepFiles(core: Core, user: string, given: unknown, channel?: string): Fields[] {
  return listOf(given).map(({ id, name, content, encoding, mimetype }) => {
    const bytes = Buffer.from(textOf(content) ?? '', encoding === 'base64' ? 'base64' : 'utf8');
    const known = core.workspace.files.get(textOf(id) ?? '');
    const more = {
      content: bytes,
      isComplete: true,
      ...(textOf(mimetype) && { mimetype: textOf(mimetype) }),
    };
    const file = known ?? newFile(core, textOf(name) ?? 'file', user, more);
    if (channel !== undefined) file.channels.add(channel);
    return fileObject(core, file);
  });
}

/** The file at a private address, for a bot token that may read files; `undefined` without one. */
export function privateFile(core: Core, id: string, authorization = ''): StoredFile | undefined {
  const hasToken = ({ botToken }: SandboxApp): boolean => authorization === `Bearer ${botToken}`;
  const scopes = core.workspace.seed.apps.find(hasToken)?.manifest.oauth_config?.scopes?.bot;
  return scopes?.includes('files:read') === true ? core.workspace.files.get(id) : undefined;
}

/** Takes the bytes sent to an upload address, as they are or in a form. @returns whether the address is known. */
export async function receiveUpload(core: Core, id: string, body: Buffer, type: string): Promise<boolean> {
  const file = core.workspace.files.get(id);
  if (file === undefined) return false;
  file.content = body;
  if (type.startsWith('multipart/form-data')) {
    const form = await new Response(new Uint8Array(body), { headers: { 'content-type': type } }).formData();
    const [part = ''] = [...form.values()].sort((a) => (typeof a === 'string' ? 1 : -1));
    file.content = typeof part === 'string' ? Buffer.from(part) : Buffer.from(await part.arrayBuffer());
  }
  return true;
}
