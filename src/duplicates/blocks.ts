import type { LeadRow } from '../db/schema.ts';
import { companyKey } from '../intake/account.ts';
import type { LeadDraft } from '../intake/draft.ts';
import { identityOf } from '../intake/identity.ts';
import type { SetAside } from '../intake/probable.ts';
import { leadName } from '../lead/lead.ts';
import type { Rendered } from '../outbox/message.ts';
import { actions, button, context, count, line, quote, section, user, when } from '../slack/kit.ts';
import { contactLine } from '../touch/blocks.ts';
import type { DuplicateRow } from './store.ts';

export interface DuplicateView {
  row: DuplicateRow;
  /** The lead it may repeat. */
  known: LeadRow;
  /** What waits, oldest first. */
  arrivals: readonly SetAside[];
  /** Who is asked. */
  managers: readonly string[];
  /** Once it is decided: the lead it belongs to, and its card; undefined while that is not posted. */
  became?: {
    lead: LeadRow;
    url: string | undefined;
    /** False where it joined one that had its address by then. */
    isOwn: boolean;
  };
}

/** Whether two are one: both sides below each other, and what was decided in the end. */
export function renderDuplicate(view: DuplicateView): Rendered {
  const { row, known, arrivals, managers } = view;
  const [first] = arrivals;
  if (!first) throw new Error(`The question ${row.id} is about nothing.`);
  const { draft } = first;
  const name = line(leadName(known), 80);
  const mention = managers.map(user).join(' ');
  const isOpen = row.decision === null;
  const text = isOpen
    ? `Is this the same person? Somebody who may be ${name} came in.`
    : outcomeText(view, draft);
  const left = side('Known', { ...known, at: known.created_at });
  const right = side('New', { ...draft, at: row.created_at });
  const question = `:busts_in_silhouette: *Is this the same person?* ${[likeness(known, draft), mention].join(' ').trim()}`;
  return {
    text,
    blocks: [
      section(isOpen ? question : text),
      // Once it is decided the lead may have learned from it: next to each other they would be no comparison any more.
      ...(isOpen ? [section(left)] : []),
      section(right),
      ...(draft.message === null || draft.message.trim() === '' ? [] : [section(quote(draft.message))]),
      ...(isOpen ? [context(waitingText(row, arrivals)), buttons(row.id, leadName(known))] : []),
    ],
  };
}

/** `Same name, same company, different mail.` */
function likeness(known: LeadRow, draft: LeadDraft): string {
  const mine = identityOf(draft);
  const parts = [
    mine.name_key !== null && mine.name_key === known.name_key ? 'same name' : 'different name',
    ...(isOneCompany(known, mine) ? ['same company'] : []),
    ...compared('mail', known.email_key, mine.email_key),
    ...compared('phone', known.phone, mine.phone),
  ];
  return `${parts.join(', ').replace(/^./, (letter) => letter.toUpperCase())}.`;
}

function isOneCompany(known: LeadRow, { account, account_key: key }: ReturnType<typeof identityOf>): boolean {
  if (key !== null && key === known.account_key) return true;
  return account !== null && known.account !== null && companyKey(account) === companyKey(known.account);
}

function compared(what: string, left: string | null, right: string | null): string[] {
  return left === null || right === null ? [] : [`${left === right ? 'same' : 'different'} ${what}`];
}

function waitingText(row: DuplicateRow, arrivals: readonly SetAside[]): string {
  const gone = arrivals.find(({ post }) => post !== undefined)?.post;
  return [
    ...(arrivals.length < 2 ? [] : [`It came in ${count(arrivals.length, 'time')}.`]),
    ...(gone === 'deleted' ? [':wastebasket: Its post was deleted since.'] : []),
    ...(gone === 'no_lead' ? [':pencil2: Its post was edited since and no longer reads like a lead.'] : []),
    `Without an answer by ${when(row.decide_by)} it becomes a lead of its own, or joins the lead whose address it has by then.`,
  ].join(' ');
}

type Side = Pick<LeadDraft, 'name' | 'email' | 'phone' | 'account' | 'title' | 'source'> & { at: number };

function side(label: string, { name, email, phone, account, title, source, at }: Side): string {
  const shown = (text: string | null): string[] =>
    text === null || text.trim() === '' ? [] : [line(text, 100)];
  const person = [
    name === null ? 'no name' : `*${line(name, 100)}*`,
    ...shown(title),
    ...shown(account),
    ...shown(source === null ? null : `via ${source}`),
    when(at),
  ];
  const contact = [
    contactLine({ email, phone }),
    ...(email === null ? ['no mail address'] : []),
    ...(phone === null ? ['no phone number'] : []),
  ];
  return `${label}: ${person.join(' · ')}\n${contact.filter((text) => text !== '').join(' · ')}`;
}

function buttons(duplicateId: number, name: string): ReturnType<typeof actions> {
  const value = String(duplicateId);
  return actions([
    button('Same person', 'duplicate:same', { value, style: 'primary', label: `It is ${name}` }),
    button('Different', 'duplicate:different', { value, label: `It is not ${name}, make it a new lead` }),
  ]);
}

function outcomeText({ row, known, became }: DuplicateView, draft: LeadDraft): string {
  const by = row.decided_by === null ? '' : user(row.decided_by);
  if (row.decision === 'same') {
    const says = by === '' ? ': the post was corrected' : `, says ${by}`;
    return `:white_check_mark: *The same person*${says}. It is kept in this thread.${otherContact(known, draft)}`;
  }
  // Undecided is undecided: that nobody said so does not make them two people.
  const why =
    row.decided_by === null
      ? `This may be the same person as *${line(leadName(known), 80)}*; nobody said so by ${when(row.decide_by)}`
      : `*Two people*, says ${by}`;
  if (!became) return `:white_check_mark: ${why}.`;
  const title = line(leadName(became.lead), 80);
  const link = became.url === undefined ? `*${title}*` : `<${became.url}|${title}>`;
  return became.isOwn
    ? `${row.decided_by === null ? ':busts_in_silhouette:' : ':white_check_mark:'} ${why}, so this is a lead of its own: ${link}.`
    : `:white_check_mark: ${why}. Its address was known by then, so it joined ${link}.`;
}

/** The address and number that the lead does not have: a second one is worth a try. */
function otherContact(known: LeadRow, draft: LeadDraft): string {
  const other = contactLine({
    email: draft.email === known.email ? null : draft.email,
    phone: draft.phone === known.phone ? null : draft.phone,
  });
  return other === '' ? '' : `\nAlso to be reached at ${other}`;
}
