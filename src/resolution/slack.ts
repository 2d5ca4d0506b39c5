import { leadTitle } from '../lead/lead.ts';
import { refuseUnlessWorkable } from '../lead/permission.ts';
import { leadById } from '../lead/store.ts';
import { when } from '../slack/kit.ts';
import { type FieldErrors, idOf, type Listener, onAction, onSubmit } from '../slack/listener.ts';
import { note } from '../slack/note.ts';
import { textValue } from '../slack/payload.ts';
import { teamById } from '../team/store.ts';
import { wasContacted } from '../touch/store.ts';
import { resolveModal } from './blocks.ts';
import { isResolution, reopenLead, resolveLead } from './resolution.ts';

export const resolutionListeners: readonly Listener[] = [
  onAction('resolve', async (work, click) => {
    const lead = await leadById(work, idOf(click.value));
    refuseUnlessWorkable(lead, await teamById(work, lead.sales_team_id), click.userId, work.now);
    return { open: resolveModal(lead, await wasContacted(work.db, lead.id)) };
  }),

  onSubmit('resolve', async (work, form): Promise<FieldErrors | void> => {
    const resolution = textValue(form, 'resolution');
    const answered = textValue(form, 'answered');
    if (!isResolution(resolution)) return { resolution: 'Choose how it ended.' };
    if (answered !== 'yes' && answered !== 'no') return { answered: 'Say whether they got an answer.' };
    await resolveLead(work, idOf(form.metadata), form.userId, {
      resolution,
      answered: answered === 'yes',
      note: textValue(form, 'note') || null,
    });
    return undefined;
  }),

  onAction('reopen', async (work, click) => {
    const lead = await reopenLead(work, idOf(click.value), click.userId);
    const next =
      lead.next_attempt_at === null ? 'It is on offer.' : `Attempt 1 is due ${when(lead.next_attempt_at)}.`;
    return { say: note.of({ text: `${leadTitle(lead)} is open again. ${next}` }) };
  }),
];
