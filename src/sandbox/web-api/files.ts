import { fileObject, newFile, type StoredFile } from '../files.ts';
import { contentOf, postAsApp } from '../posting.ts';
import { listOf, SlackError, textOf } from '../values.ts';
import { method, visibleChannel, type Call } from './method.ts';

function knownFile({ core }: Call, id: unknown): StoredFile {
  const file = core.workspace.files.get(textOf(id) ?? '');
  // Neither uploaded nor given: it only has a name so far.
  if (file === undefined || (!file.isComplete && file.content.length === 0))
    throw new SlackError('file_not_found');
  return file;
}

const place = 'channel_id channels initial_comment blocks thread_ts';

export const fileMethods = {
  'files.getUploadURLExternal': method(
    4,
    'files:write',
    'filename! length! alt_txt alt_text snippet_type',
    (call) => {
      const { core, app, args } = call;
      const length = Number(args.length);
      if (length === 0) throw new SlackError('missing_argument');
      if (!Number.isInteger(length) || length < 0) throw new SlackError('invalid_arguments');
      const altText = textOf(args.alt_txt) ?? textOf(args.alt_text);
      const { id } = newFile(core, textOf(args.filename) ?? '', app.botUserId, { altText });
      return { upload_url: `${core.url}/upload/v1/${id}`, file_id: id };
    },
  ),
  'files.completeUploadExternal': method(4, 'files:write', `files! ${place}`, (call) => {
    const { core, app, args } = call;
    const files = listOf(args.files).map(({ id, title }) => {
      const file = knownFile(call, id);
      return Object.assign(file, { title: textOf(title) ?? file.name, isComplete: true });
    });
    if (files.length === 0) throw new SlackError('invalid_arguments');
    if (args.channel_id !== undefined) {
      const channel = visibleChannel(call, 'invalid_channel');
      if (!channel.members.has(app.botUserId)) throw new SlackError('posting_to_channel_denied');
      const content = contentOf(core, { text: args.initial_comment, blocks: args.blocks });
      for (const file of files) file.channels.add(channel.id);
      const objects = files.map((file) => fileObject(core, file));
      postAsApp(core, app, channel, content, { thread_ts: textOf(args.thread_ts), files: objects });
    }
    return { files: files.map((file) => fileObject(core, file)) };
  }),
  'files.info': method(4, 'files:read', 'file! cursor limit', (call) => ({
    file: fileObject(call.core, knownFile(call, call.args.file)),
    comments: [],
  })),
};
