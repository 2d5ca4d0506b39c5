import { closingView } from '../resolution/form.ts';
import { readChoice } from '../resolution/choice.ts';
import { resolveModal } from '../resolution/modal.ts';
import { closableLead } from '../resolution/resolution.ts';
import { type FormReply, idOf, type Listener, onAction, onSubmit } from '../slack/listener.ts';
import { textValue } from '../slack/payload.ts';
import { memoryIn, type Place, placeIn } from '../slack/place.ts';
import type { Work } from '../work.ts';
import { clearedView, stepModal, type StepView } from './blocks.ts';
import { clearNextStep, setNextStep, steppableLead } from './next-step.ts';
import { stepSaved } from './messages.ts';
import { isSaid } from './said.ts';
import { stepTime, suggestedDay } from './step-time.ts';

export const replyListeners: readonly Listener[] = [
  onAction('next_step', async (work, click) => ({
    open: stepModal(await stepView(work, idOf(click.value), click.userId, click)),
  })),

  // In the modal: what fits what they said.
  onAction('step_said', async (work, click) => {
    const [leadId = '', said = ''] = click.value.split(':');
    const view = await stepView(work, idOf(leadId), click.userId, placeIn(click.metadata));
    return { show: stepModal({ ...view, asks: true, ...(isSaid(said) && { said }) }) };
  }),

  onAction('step_close', async (work, click) => {
    const choice = readChoice(click.value);
    const closable = await closableLead(work, choice.leadId, click.userId);
    return { show: resolveModal(closingView(work, closable, choice, placeIn(click.metadata))) };
  }),

  onAction('step_clear', async (work, click) => {
    const steppable = await steppableLead(work, idOf(click.value), click.userId);
    return { show: clearedView(await clearNextStep(work, steppable, click.userId)) };
  }),

  onSubmit('next_step', async (work, form): Promise<FormReply> => {
    const [leadId = '', asks] = memoryIn(form.metadata).split(':');
    const steppable = await steppableLead(work, idOf(leadId), form.userId);
    const said = textValue(form, 'step_said').split(':')[1] ?? '';
    if (asks === 'asks' && !isSaid(said)) return { step_said: 'Choose what they said.' };
    const text = textValue(form, 'step').replace(/\s+/g, ' ');
    if (text === '') return { step: 'Say in a few words what comes next.' };
    const date = textValue(form, 'step_date');
    const time = stepTime(steppable.calendar, work.now, date, textValue(form, 'step_time'));
    if ('wrong' in time) return { [time.wrong]: time.why };
    await setNextStep(work, steppable, form.userId, { text, ...time, ...(isSaid(said) && { said }) });
    const say = stepSaved.of({ leadId: steppable.lead.id });
    return { say, at: placeIn(form.metadata), inRow: true };
  }),
];

async function stepView(work: Work, leadId: number, userId: string, place: Place): Promise<StepView> {
  const { lead, calendar } = await steppableLead(work, leadId, userId);
  return {
    lead,
    zone: calendar.zone,
    suggestedDay: suggestedDay(calendar, work.now),
    asks: lead.replied_at !== null,
    place,
  };
}
