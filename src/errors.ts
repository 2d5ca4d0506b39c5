/**
 * Says no to a person: the message is a whole sentence for them and tells what to do next. The transaction it is
 * thrown in is rolled back, so nothing has changed.
 */
export class Refusal extends Error {
  override readonly name = 'Refusal';
}
