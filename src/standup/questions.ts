import { openQuestions } from '../duplicates/store.ts';
import { duplicateSlot } from '../intake/probable.ts';
import { permalink } from '../lead/lead.ts';
import { messagesOfSlots } from '../outbox/store.ts';
import type { Team } from '../team/team.ts';
import type { Work } from '../work.ts';

export interface OpenQuestions {
  open: number;
  /** Of the most urgent; undefined while it is not posted. */
  url: string | undefined;
}

/** Whether two people are one, and no manager has said so yet: after a while each becomes a lead of its own. */
export async function questionsOpen(work: Work, team: Team): Promise<OpenQuestions> {
  const ids = await openQuestions(work, team.id);
  const [asked] = await messagesOfSlots(work.db, work.workspace.teamId, ids.slice(0, 1).map(duplicateSlot));
  return { open: ids.length, url: asked && permalink(work.workspace.url, asked.channelId, asked.ts) };
}
