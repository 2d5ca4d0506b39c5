import type { ModalView } from '@slack/types';
import { z } from 'zod';
import { Refusal } from '../errors.ts';
import {
  type FormReply,
  idOf,
  type Listener,
  type Meanwhile,
  onSubmit,
  type Submission,
} from '../slack/listener.ts';
import { waitingView } from '../slack/modals.ts';
import { listValue, textValue } from '../slack/payload.ts';
import type { Work } from '../work.ts';
import { columnBlockId, fileModal, previewModal } from './blocks.ts';
import { type ColumnUse, isColumnUse } from './columns.ts';
import { keepPreview, placeOfImport, planOf, startImport, surveyFile } from './import.ts';
import { mostBytes, recognise } from './recognise.ts';
import { importById } from './store.ts';

/** `/leads import`: the form for the file. @throws Refusal where, or for whom, there is nothing to import */
export async function openImport(work: Work, channelId: string, userId: string): Promise<ModalView> {
  return fileModal(await placeOfImport(work, channelId, userId));
}

const place = z.object({
  salesTeamId: z.number().optional(),
  channelId: z.string().optional(),
  openedIn: z.string(),
});

/** @param started called when an import may run as soon as the transaction is on disk */
export function importListeners(started: () => void): readonly Listener[] {
  return [
    onSubmit('import_file', (_work, form): Promise<FormReply> => {
      const [fileId] = listValue(form, 'file');
      const given = place.parse(JSON.parse(form.metadata));
      const { salesTeamId = Number(textValue(form, 'team')), channelId, openedIn } = given;
      if (fileId === undefined) return Promise.resolve({ file: 'Choose a file.' });
      if (!salesTeamId) return Promise.resolve({ team: 'Choose the team that gets these leads.' });
      const to = { salesTeamId, channelId, openedIn, userId: form.userId };
      return Promise.resolve({
        next: waitingView('Import leads', 'Reading your file…'),
        meanwhile: (tools) => showPreview(tools, fileId, to),
      });
    }),

    onSubmit('import_start', async (work, form): Promise<FormReply | void> => {
      const id = idOf(form.metadata);
      const uses = await chosenUses(work, id, form);
      if (!uses.includes('email') && !uses.includes('phone')) {
        const [first = 'source'] = Object.keys(form.values).filter((key) => key.startsWith('column_'));
        return {
          [first]: 'Say which column is the mail address or the phone number: one of them is needed.',
        };
      }
      await startImport(work, id, form.userId, { uses, source: textValue(form, 'source') });
      started();
    }),
  ];
}

/** The preview of a file; where there is none, the form once more, with what is wrong with the file. */
async function showPreview(
  { slack, transact }: Parameters<Meanwhile>[0],
  fileId: string,
  to: Parameters<typeof keepPreview>[1],
): Promise<ModalView> {
  try {
    const file = await slack.download(fileId, mostBytes);
    const recognised = await recognise(file.bytes);
    const playbook = await transact((work) => Promise.resolve(work.playbooks.current.playbook));
    const survey = await surveyFile(file, recognised, playbook);
    return previewModal(await transact((work) => keepPreview(work, to, file, recognised, survey)));
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    const form = await transact((work) => placeOfImport(work, to.openedIn, to.userId));
    return fileModal(form, { sentence: error.message, salesTeamId: to.salesTeamId });
  }
}

/** Columns that the form had no room for are left out. */
async function chosenUses(work: Work, id: number, form: Submission): Promise<ColumnUse[]> {
  const { labels } = planOf(await importById(work, id));
  return labels.map((_, index) => {
    const use = textValue(form, columnBlockId(index));
    return isColumnUse(use) ? use : 'skip';
  });
}
