import type { TouchKind } from '../db/schema.ts';
import type { CadenceStep } from '../playbook/schema.ts';

type Channel = CadenceStep['channel'];

interface KindText {
  /** On the button. */
  button: string;
  /** In a list of what was tried: "2× left voicemail". */
  done: string;
  /** What it was made on; a reply is no outreach, and meeting somebody needs no channel. */
  channel?: Channel;
}

/** Every kind of touch. */
export const touchKinds: Record<TouchKind, KindText> = {
  no_answer: { button: 'No answer', done: 'called, no answer', channel: 'call' },
  voicemail: { button: 'Left voicemail', done: 'left voicemail', channel: 'call' },
  spoke: { button: 'Spoke to them', done: 'spoke on the phone', channel: 'call' },
  email: { button: 'Emailed', done: 'emailed', channel: 'email' },
  linkedin: { button: 'LinkedIn', done: 'wrote on LinkedIn', channel: 'linkedin' },
  text: { button: 'Text message', done: 'sent a text message', channel: 'text' },
  met: { button: 'Met them', done: 'met in person' },
  replied: { button: 'They replied', done: 'they replied' },
};

/** What most touches are: one click each, in the order of the buttons. The form knows them all. */
export const oneClickKinds = ['no_answer', 'voicemail', 'email', 'linkedin', 'replied'] as const;

/** All of them as the form lists them. */
export const kindGroups: readonly { label: string; kinds: readonly TouchKind[] }[] = [
  { label: 'Call', kinds: ['no_answer', 'voicemail', 'spoke'] },
  { label: 'Email', kinds: ['email'] },
  { label: 'LinkedIn', kinds: ['linkedin'] },
  { label: 'Text message', kinds: ['text'] },
  { label: 'In person', kinds: ['met'] },
  { label: 'They', kinds: ['replied'] },
];

export function isTouchKind(text: string): text is TouchKind {
  return Object.hasOwn(touchKinds, text);
}

/** Whether we tried to reach them: these make attempts. */
export function isOutreach(touch: { kind: TouchKind }): boolean {
  return touch.kind !== 'replied';
}

/** Whether they heard or read something of ours. */
export function reachesThem(kind: TouchKind): boolean {
  return kind !== 'no_answer' && kind !== 'replied';
}

/** Whether they said something: then a next step is due, and no further attempt. */
export function isAnswer(touch: { kind: TouchKind }): boolean {
  return touch.kind === 'replied' || touch.kind === 'spoke' || touch.kind === 'met';
}
