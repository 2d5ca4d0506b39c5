import type { TouchKind } from '../db/schema.ts';

interface KindText {
  /** On the button. */
  button: string;
  /** In a list of what was tried: "2× left voicemail". */
  done: string;
}

/** The one-click touches in the order of the buttons. */
export const touchKinds: Record<TouchKind, KindText> = {
  no_answer: { button: 'No answer', done: 'called, no answer' },
  voicemail: { button: 'Left voicemail', done: 'left voicemail' },
  email: { button: 'Emailed', done: 'emailed' },
  linkedin: { button: 'LinkedIn', done: 'wrote on LinkedIn' },
  replied: { button: 'They replied', done: 'they replied' },
};

export function isTouchKind(text: string): text is TouchKind {
  return Object.hasOwn(touchKinds, text);
}
