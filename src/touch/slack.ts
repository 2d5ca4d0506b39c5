import {
  type ClickReply,
  type FormReply,
  idOf,
  type Listener,
  onAction,
  onSubmit,
} from '../slack/listener.ts';
import { note } from '../slack/note.ts';
import { textValue } from '../slack/payload.ts';
import { memoryIn, placeIn } from '../slack/place.ts';
import { noteModal, noteSaved, touchUndone } from './blocks.ts';
import { openEditForm, openTouchForm, submitTouchForm } from './form.ts';
import { leadsPerson, noMessage, touchFormMemory } from './form-view.ts';
import { isTouchKind } from './kinds.ts';
import { touchLogged } from './messages.ts';
import { logTouch, noteTouch, touchForNote, undoTouch } from './touch.ts';

export const touchListeners: readonly Listener[] = [
  onAction('touch', async (work, click): Promise<ClickReply | void> => {
    if (!isTouchKind(click.variant)) throw new Error(`No such touch: ${click.variant}`);
    const { touch, fresh } = await logTouch(work, idOf(click.value), click.userId, click.variant);
    return fresh && !click.inRow ? { say: touchLogged.of({ touchId: touch.id }) } : undefined;
  }),

  onAction('touch_form', async (work, click) => ({
    open: await openTouchForm(work, idOf(click.value), click.userId, click),
  })),

  onAction('touch_edit', async (work, click) => ({
    open: await openEditForm(work, idOf(click.value), click.userId, click),
  })),

  onSubmit('touch_form', async (work, form): Promise<FormReply | void> => {
    const memory = touchFormMemory.parse(JSON.parse(form.metadata));
    const outcome = await submitTouchForm(work, form.userId, memory, {
      kind: textValue(form, 'kind'),
      person: textValue(form, 'person') || leadsPerson,
      message: textValue(form, 'message') || noMessage,
      note: textValue(form, 'note'),
      at: Number(textValue(form, 'at')) * 1000,
    });
    if ('errors' in outcome) return outcome.errors;
    if ('again' in outcome) return { next: outcome.again };
    return { say: touchLogged.of({ touchId: outcome.touchId }), at: memory, inRow: true };
  }),

  onAction('touch_undo', async (work, click): Promise<ClickReply | void> => {
    const { touch, lead } = await undoTouch(work, idOf(click.value), click.userId);
    return click.inRow ? undefined : { replace: note.of({ text: touchUndone(lead, touch.kind) }) };
  }),

  onAction('touch_note', async (work, click) => ({
    open: noteModal(await touchForNote(work, idOf(click.value), click.userId), click),
  })),

  onSubmit('touch_note', async (work, form): Promise<FormReply> => {
    const text = textValue(form, 'note');
    if (text === '') return { note: 'Write a few words, or cancel.' };
    const lead = await noteTouch(work, idOf(memoryIn(form.metadata)), form.userId, text);
    return { say: note.of({ text: noteSaved(lead, text) }), at: placeIn(form.metadata), inRow: true };
  }),
];
