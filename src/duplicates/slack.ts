import { leadTitle } from '../lead/lead.ts';
import { idOf, type Listener, onAction } from '../slack/listener.ts';
import { note } from '../slack/note.ts';
import { decideDuplicate } from './duplicates.ts';

export const duplicateListeners: readonly Listener[] = [
  onAction('duplicate', async (work, { value, userId, variant }) => {
    if (variant !== 'same' && variant !== 'different') throw new Error(`No such decision: ${variant}`);
    const lead = await decideDuplicate(work, idOf(value), userId, variant);
    const text =
      variant === 'same'
        ? 'Joined to this lead.'
        : `${leadTitle(lead)} is a lead of its own now${lead.state === 'held' ? ', and waits for marketing' : ''}.`;
    return { say: note.of({ text }) };
  }),
];
