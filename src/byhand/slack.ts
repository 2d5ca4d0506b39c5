import { Refusal } from '../errors.ts';
import { postDirect, postEphemeral } from '../outbox/enqueue.ts';
import type { SlackPost } from '../posts/post-text.ts';
import { type FieldErrors, type Listener, onShortcut, onSubmit } from '../slack/listener.ts';
import { note } from '../slack/note.ts';
import { textValue } from '../slack/payload.ts';
import { teamOfChannel, teamsOfMarketingChannel } from '../team/store.ts';
import type { Work } from '../work.ts';
import { addLead, openAddForm, openTrackForm } from './add-lead.ts';
import { outcomeText, knownText } from './outcome-text.ts';
import { formMemory, readForm } from './form.ts';
import { leadOfArrival } from './store.ts';

/** Adding a lead from anywhere, and from any message; `/leads add` is with the other words of `/leads`. */
export const byHandListeners: readonly Listener[] = [
  onShortcut('add_lead', async (work, { userId }) => ({ open: await openAddForm(work, userId) })),

  onShortcut('track_lead', async (work, { userId, channelId, message }) => {
    if (channelId === undefined || message === undefined) {
      throw new Refusal('I can’t see this message. Use *Add a lead* and type what it says.');
    }
    return { open: await openTrackForm(work, userId, channelId, message as unknown as SlackPost) };
  }),

  onSubmit('add_lead', async (work, form): Promise<FieldErrors | void> => {
    const memory = formMemory.parse(JSON.parse(form.metadata));
    const teamId = memory.teamId ?? Number(textValue(form, 'team'));
    const { draft, errors } = readForm(form, memory);
    if (!(teamId > 0)) errors['team'] = 'Choose the team that the lead is for.';
    if (Object.keys(errors).length > 0) return errors;
    const keep = textValue(form, 'owner') === 'me';
    const { userId } = form;
    const { team, admitted } = await addLead(work, { userId, teamId, keep, memory, draft });
    let text = await outcomeText(work, userId, { team, admitted, draft, keep });
    // The same form twice is one and was answered; another form for the same message was not.
    const known = memory.origin && text === undefined ? await leadOfArrival(work, [memory.key]) : undefined;
    if (known) text = await knownText(work, known);
    if (text !== undefined) await tell(work, userId, memory.channelId, text);
    return undefined;
  }),
];

/** In the channel where the app surely is, else in a direct message. */
async function tell(work: Work, userId: string, channelId: string | undefined, text: string): Promise<void> {
  const message = note.of({ text });
  const isOurs =
    channelId !== undefined &&
    ((await teamOfChannel(work, channelId)) !== undefined ||
      (await teamsOfMarketingChannel(work, channelId)).length > 0);
  if (isOurs) await postEphemeral(work, message, { channelId, userId });
  else await postDirect(work, message, userId);
}
