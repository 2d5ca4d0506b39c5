import type { Core } from '../core.ts';
import { SlackError } from '../errors.ts';
import { contentOf, postAsApp } from '../posting.ts';
import type { Fields, StateValues, StoredFile } from '../types.ts';
import { listOf, newId, textOf } from '../values.ts';
import { visibleChannel, type Call, type Method } from './method.ts';

const mimeTypes: Record<string, string> = {
  csv: 'text/csv',
  gif: 'image/gif',
  jpg: 'image/jpeg',
  json: 'application/json',
  pdf: 'application/pdf',
  png: 'image/png',
  txt: 'text/plain',
};

function fileType(name: string): string {
  return name.includes('.') ? (name.split('.').at(-1)?.toLowerCase() ?? '') : '';
}

function newFile(core: Core, name: string, user: string, more: Partial<StoredFile>): StoredFile {
  const file: StoredFile = {
    id: newId('F'),
    name,
    title: name,
    mimetype: mimeTypes[fileType(name)] ?? 'application/octet-stream',
    user,
    created: Math.floor(core.workspace.now / 1000),
    content: Buffer.alloc(0),
    channels: new Set(),
    isComplete: false,
    ...more,
  };
  core.workspace.files.set(file.id, file);
  return file;
}

/** A file as payloads show it. The private addresses want the bot token; the permalink is for people. */
function fileObject(core: Core, file: StoredFile): Fields {
  const { id, created, name, title, mimetype, user, channels, altText } = file;
  const path = `${id}/${encodeURIComponent(name)}`;
  return {
    id,
    created,
    timestamp: created,
    name,
    title,
    mimetype,
    filetype: fileType(name),
    pretty_type: fileType(name).toUpperCase(),
    size: file.content.length,
    user,
    mode: 'hosted',
    is_public: channels.size > 0,
    url_private: `${core.url}/files-pri/${path}`,
    url_private_download: `${core.url}/files-pri/${path}?download=1`,
    permalink: `${core.url}/files/${path}`,
    channels: [...channels],
    ...(altText === undefined ? {} : { alt_txt: altText }),
  };
}

/** Makes real files of what a person gave to file inputs: `{ name, content, mimetype?, encoding?: 'base64' }`. */
export function keepFiles(core: Core, user: string, values: StateValues): StateValues {
  for (const state of Object.values(values).flatMap((block) => Object.values(block))) {
    if (!Array.isArray(state.files)) continue;
    state.files = listOf(state.files).map(({ id, name, content, encoding, mimetype }) => {
      const bytes = Buffer.from(textOf(content) ?? '', encoding === 'base64' ? 'base64' : 'utf8');
      const type = textOf(mimetype) === undefined ? {} : { mimetype: textOf(mimetype) };
      const given = { content: bytes, isComplete: true, ...type };
      const known = core.workspace.files.get(textOf(id) ?? '');
      return fileObject(core, known ?? newFile(core, textOf(name) ?? 'file', user, given));
    });
  }
  return values;
}

/** The file at a private address, for a bot token that may read files; `undefined` without one. */
export function privateFile(core: Core, id: string, authorization = ''): StoredFile | undefined {
  const token = authorization.replace(/^Bearer /, '');
  const app = core.workspace.seed.apps.find(({ botToken }) => botToken === token);
  const mayRead = app?.manifest.oauth_config?.scopes?.bot?.includes('files:read') === true;
  return mayRead ? core.workspace.files.get(id) : undefined;
}

function complete(call: Call): Fields {
  const { core, app, args } = call;
  const files = listOf(args.files).map(({ id, title }) => {
    const file = core.workspace.files.get(textOf(id) ?? '');
    if (file === undefined || file.content.length === 0) throw new SlackError('file_not_found');
    return Object.assign(file, { title: textOf(title) ?? file.name, isComplete: true });
  });
  if (files.length === 0) throw new SlackError('invalid_arguments');
  if (textOf(args.channel_id) !== undefined) {
    const channel = visibleChannel(call, 'channel_id');
    if (!channel.members.has(app.botUserId)) throw new SlackError('not_in_channel');
    for (const file of files) file.channels.add(channel.id);
    const content = contentOf(core, { text: args.initial_comment, blocks: args.blocks });
    const objects = files.map((file) => fileObject(core, file));
    postAsApp(core, app, channel, content, { thread_ts: textOf(args.thread_ts), files: objects });
  }
  return { files: files.map((file) => fileObject(core, file)) };
}

export const fileMethods: Record<string, Method> = {
  'files.getUploadURLExternal': {
    args: 'filename! length! alt_text snippet_type',
    scopes: ['files:write'],
    tier: 4,
    run: ({ core, app, args }) => {
      const length = Number(args.length);
      if (!Number.isInteger(length) || length <= 0) throw new SlackError('invalid_arguments');
      const altText = textOf(args.alt_text);
      const { id } = newFile(core, textOf(args.filename) ?? '', app.botUserId, { altText });
      return { upload_url: `${core.url}/upload/v1/${id}`, file_id: id };
    },
  },
  'files.completeUploadExternal': {
    args: 'files! channel_id channels initial_comment blocks thread_ts',
    scopes: ['files:write'],
    tier: 4,
    run: complete,
  },
};

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
