import type { Core } from '../core.ts';
import { SlackError } from '../errors.ts';
import { contentOf, postAsApp } from '../posting.ts';
import type { Fields, StoredFile } from '../types.ts';
import { listOf, newId, textOf } from '../values.ts';
import { required, visibleChannel, type Method } from './method.ts';

const mimeTypes: Record<string, string> = {
  csv: 'text/csv',
  gif: 'image/gif',
  jpg: 'image/jpeg',
  json: 'application/json',
  pdf: 'application/pdf',
  png: 'image/png',
  txt: 'text/plain',
};

function fileObject(core: Core, file: StoredFile): Fields {
  const url = `${core.url}/files/${file.id}/${encodeURIComponent(file.name)}`;
  return {
    id: file.id,
    created: file.created,
    timestamp: file.created,
    name: file.name,
    title: file.title,
    mimetype: file.mimetype,
    filetype: file.name.split('.').at(-1) ?? '',
    size: file.size,
    user: file.user,
    mode: 'hosted',
    is_public: file.channels.size > 0,
    url_private: url,
    url_private_download: url,
    permalink: url,
    channels: [...file.channels],
    ...(file.altText === undefined ? {} : { alt_txt: file.altText }),
  };
}

export const fileMethods: Record<string, Method> = {
  'files.getUploadURLExternal': {
    scopes: ['files:write'],
    run: ({ core, app, args }) => {
      const name = required(args, 'filename');
      const length = Number(required(args, 'length'));
      if (!Number.isInteger(length) || length <= 0) throw new SlackError('invalid_arguments');
      const file: StoredFile = {
        id: newId('F'),
        name,
        title: name,
        mimetype: mimeTypes[name.split('.').at(-1)?.toLowerCase() ?? ''] ?? 'application/octet-stream',
        size: length,
        user: app.botUserId,
        created: Math.floor(core.workspace.now / 1000),
        content: Buffer.alloc(0),
        channels: new Set(),
        isComplete: false,
        altText: textOf(args.alt_text),
      };
      core.workspace.files.set(file.id, file);
      return { upload_url: `${core.url}/upload/v1/${file.id}`, file_id: file.id };
    },
  },

  'files.completeUploadExternal': {
    scopes: ['files:write'],
    run: (call) => {
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
        postAsApp(core, app, channel, content, {
          thread_ts: textOf(args.thread_ts),
          files: files.map((file) => fileObject(core, file)),
        });
      }
      return { files: files.map((file) => fileObject(core, file)) };
    },
  },
};

/** Takes the bytes sent to an upload address, as they are or in a form. @returns whether the address is known. */
export async function receiveUpload(
  core: Core,
  id: string,
  body: Buffer,
  contentType: string,
): Promise<boolean> {
  const file = core.workspace.files.get(id);
  if (file === undefined) return false;
  file.content = contentType.startsWith('multipart/form-data') ? await formFile(body, contentType) : body;
  file.size = file.content.length;
  return true;
}

async function formFile(body: Buffer, contentType: string): Promise<Buffer> {
  const form = await new Response(new Uint8Array(body), {
    headers: { 'content-type': contentType },
  }).formData();
  const parts = [...form.values()];
  const file = parts.find((part) => typeof part !== 'string') ?? parts[0] ?? '';
  return typeof file === 'string' ? Buffer.from(file) : Buffer.from(await file.arrayBuffer());
}
