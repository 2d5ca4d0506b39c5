import { input, plain, when } from '../slack/kit.ts';
import { type ClickReply, idOf, type Listener, onAction, onSubmit } from '../slack/listener.ts';
import { note } from '../slack/note.ts';
import { textValue } from '../slack/payload.ts';
import { Refusal } from '../errors.ts';
import { isTouchKind } from './kinds.ts';
import { touchLogged } from './messages.ts';
import { snoozeNudge } from './nudge.ts';
import { logTouch, noteTouch, undoTouch } from './touch.ts';

export const touchListeners: readonly Listener[] = [
  onAction('touch', async (work, click): Promise<ClickReply | void> => {
    if (!isTouchKind(click.variant)) throw new Error(`No such touch: ${click.variant}`);
    const { touch, fresh } = await logTouch(work, idOf(click.value), click.userId, click.variant);
    return fresh ? { say: touchLogged.of({ touchId: touch.id }) } : undefined;
  }),

  onAction('touch_undo', async (work, click) => {
    await undoTouch(work, idOf(click.value), click.userId);
    return { replace: note.of({ text: 'Undone. The touch no longer counts.' }) };
  }),

  onAction('touch_note', (_work, click) =>
    Promise.resolve({
      open: {
        type: 'modal' as const,
        callback_id: 'touch_note',
        private_metadata: String(idOf(click.value)),
        title: plain('Add a note', 24),
        submit: plain('Save', 24),
        close: plain('Cancel', 24),
        blocks: [
          input('note', 'What should you remember?', {
            type: 'plain_text_input',
            multiline: true,
            max_length: 1000,
          }),
        ],
      },
    }),
  ),

  onSubmit('touch_note', async (work, form) => {
    const text = textValue(form, 'note');
    if (text === '') return { note: 'Write a few words, or cancel.' };
    await noteTouch(work, idOf(form.metadata), form.userId, text);
    return undefined;
  }),

  onAction('snooze', async (work, click) => {
    if (click.variant !== '1h' && click.variant !== 'tomorrow')
      throw new Refusal('Choose how long to snooze.');
    const until = await snoozeNudge(work, idOf(click.value), click.userId, click.variant);
    return { say: note.of({ text: `Snoozed. The nudge comes back ${when(until)}.` }) };
  }),
];
