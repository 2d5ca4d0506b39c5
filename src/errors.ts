import type { OutgoingMessage } from './outbox/message.ts';

/**
 * Says no to a person: the message is a whole sentence for them and tells what to do next. The transaction it is
 * thrown in is rolled back, so nothing has changed.
 */
export class Refusal extends Error {
  override readonly name = 'Refusal';
  /** What is said in the sentence's place where a message can be shown: with links, or a button to go on. */
  readonly reply: OutgoingMessage | undefined;

  constructor(message: string, reply?: OutgoingMessage) {
    super(message);
    this.reply = reply;
  }
}
