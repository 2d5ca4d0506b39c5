import { createHash } from 'node:crypto';
import type { LeadDraft } from '../intake/draft.ts';
import { postDirect } from '../outbox/enqueue.ts';
import { line } from '../slack/kit.ts';
import { note } from '../slack/note.ts';
import type { Team } from '../team/team.ts';
import type { Work } from '../work.ts';
import { draftLines } from './draft-lines.ts';

/** Why there is no card, and what to do. */
const reasons = {
  unreachable:
    'has neither a mail address nor a phone number, so there is no card. If you can tell who it is, use `/leads add`; if the form asks for them, see *Sources…* in `/leads setup`.',
  failed: 'could not be made a lead; the log has the details. Please use `/leads add`.',
};

/** What came in and made no card goes to the managers with everything it said, once for each event: nothing is lost. */
export async function tellManagers(
  work: Work,
  team: Team,
  source: { name: string },
  what: { draft: LeadDraft; key: string; because: keyof typeof reasons },
): Promise<void> {
  const { draft, key, because } = what;
  const text = [
    `:inbox_tray: What *${line(source.name, 60)}* sent ${reasons[because]}`,
    ...draftLines(draft),
  ].join('\n');
  const event = createHash('sha256').update(key).digest('hex').slice(0, 24);
  for (const manager of team.managers) {
    await postDirect(work, note.of({ text }), manager, `webhook_note:${event}:${manager}`);
  }
}
