import { type ClickReply, idOf, type Listener, onAction, onSubmit } from '../slack/listener.ts';
import { note } from '../slack/note.ts';
import { textValue } from '../slack/payload.ts';
import { noteModal, touchUndone } from './blocks.ts';
import { isTouchKind } from './kinds.ts';
import { touchLogged } from './messages.ts';
import { logTouch, noteTouch, touchForNote, undoTouch } from './touch.ts';

export const touchListeners: readonly Listener[] = [
  onAction('touch', async (work, click): Promise<ClickReply | void> => {
    if (!isTouchKind(click.variant)) throw new Error(`No such touch: ${click.variant}`);
    const { touch, fresh } = await logTouch(work, idOf(click.value), click.userId, click.variant);
    return fresh ? { say: touchLogged.of({ touchId: touch.id }) } : undefined;
  }),

  onAction('touch_undo', async (work, click) => {
    const { touch, lead } = await undoTouch(work, idOf(click.value), click.userId);
    return { replace: note.of({ text: touchUndone(lead, touch.kind) }) };
  }),

  onAction('touch_note', async (work, click) => ({
    open: noteModal(await touchForNote(work, idOf(click.value), click.userId)),
  })),

  onSubmit('touch_note', async (work, form) => {
    const text = textValue(form, 'note');
    if (text === '') return { note: 'Write a few words, or cancel.' };
    await noteTouch(work, idOf(form.metadata), form.userId, text);
    return undefined;
  }),
];
