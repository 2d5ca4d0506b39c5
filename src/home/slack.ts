import { beginAbsence, endAbsence, refuseOutsiders } from '../away/away.ts';
import { awayModal } from '../away/blocks.ts';
import { unfitDeputy } from '../away/deputy.ts';
import { parseUntil } from '../away/parse-until.ts';
import { type FormReply, type Listener, onAction, onSubmit } from '../slack/listener.ts';
import { textValue } from '../slack/payload.ts';
import { appHome } from './app-home.ts';

/** The App Home, and what a rep changes there. */
export const homeListeners: readonly Listener[] = [
  { on: 'home', handle: appHome },

  onAction('home_away', () => Promise.resolve({ open: awayModal() })),

  onSubmit('away', async (work, form): Promise<FormReply> => {
    const { userId } = form;
    const { zone } = await refuseOutsiders(work, userId);
    const parsed = parseUntil(textValue(form, 'until'), zone, work.now);
    if (!parsed.ok) return { until: parsed.why };
    const deputy = textValue(form, 'deputy') || null;
    const unfit = deputy === null ? undefined : await unfitDeputy(work, userId, deputy);
    if (unfit !== undefined) return { deputy: unfit };
    await beginAbsence(work, userId, { why: 'away', until: parsed.until, by: userId, deputy });
    return { home: await appHome(work, userId, { opened: false }) };
  }),

  onAction('home_back', async (work, { userId }) => {
    await endAbsence(work, userId, { why: ['away', 'status'], by: userId });
    return { home: await appHome(work, userId, { opened: false }) };
  }),
];
