import { defineMessage } from '../outbox/message.ts';
import { count } from '../slack/kit.ts';
import { planOf, teamOfImport } from './import.ts';
import { importData, progressType, rejectedType } from './progress.ts';
import { progress } from './report.ts';
import { fileOf, importById } from './store.ts';

/** How far an import is, and in the end what became of the file. */
export const importProgress = defineMessage(progressType, importData, async (work, { importId }) => {
  const row = await importById(work, importId);
  const byMarketer = row.state === 'done' && planOf(row).channelId === undefined;
  return progress(row, await teamOfImport(work, row), byMarketer);
});

/** The rows that could not be imported, as a file; not sent once it has been let go. */
export const importRejected = defineMessage(rejectedType, importData, async (work, { importId }) => {
  const row = await importById(work, importId);
  const content = row.state === 'done' ? await fileOf(work.db, importId) : undefined;
  if (content === undefined) return null;
  return {
    text: `${count(row.bad, 'row')} with the reason in the first column. Correct them here and import this file.`,
    file: {
      name: `not-imported-${row.file_name.replace(/\.[a-z]{1,4}$/i, '')}.csv`,
      content,
      missing: `:warning: Slack did not take the file with the ${count(row.bad, 'row')} I could not import; the log says why. Once that is mended, import your file once more: what is in stays in, once, and those rows come back.`,
    },
  };
});
