import { Refusal } from '../errors.ts';
import type { Rendered } from '../outbox/message.ts';
import { postDirect } from '../outbox/enqueue.ts';
import { section, user } from '../slack/kit.ts';
import { note } from '../slack/note.ts';
import type { Work } from '../work.ts';
import { beginAbsence, endAbsence, refuseOutsiders, refuseStranger } from './away.ts';
import { awayText, backText, setAwayText } from './blocks.ts';
import { splitDeputy, unfitDeputy } from './deputy.ts';
import { parseUntil, untilExamples } from './parse-until.ts';

/** `/leads away [@person] [until …] [deputy @other]`. @param text what stands behind the word @throws Refusal */
export async function awayCommand(work: Work, by: string, text: string): Promise<Rendered> {
  const { userId, rest } = whom(text, by);
  await refuseStranger(work, userId, by);
  const { zone } = await refuseOutsiders(work, userId);
  const { rest: time, deputy } = splitDeputy(rest);
  const parsed = parseUntil(time, zone, work.now);
  if (!parsed.ok) throw new Refusal(`${parsed.why} ${untilExamples}`);
  const unfit = deputy === undefined ? undefined : await unfitDeputy(work, userId, deputy);
  if (unfit !== undefined) throw new Refusal(`${unfit} Nothing was changed.`);
  const begun = await beginAbsence(work, userId, { why: 'away', until: parsed.until, by, deputy });
  if (by !== userId) {
    await postDirect(work, note.of({ text: setAwayText(begun, by, work.now) }), userId);
  }
  return said(awayText(begun, by, work.now));
}

/** `/leads back [@person]`; it outweighs a status that nobody has cleared. @throws Refusal */
export async function backCommand(work: Work, by: string, text: string): Promise<Rendered> {
  const { userId, rest } = whom(text, by);
  if (rest !== '') throw new Refusal('Type `/leads back` alone, or with a person behind it.');
  await refuseStranger(work, userId, by);
  await refuseOutsiders(work, userId);
  const wasAway = await endAbsence(work, userId, { why: ['away', 'status'], by });
  if (wasAway && by !== userId) {
    const text = `:wave: ${user(by)} said that you are back: new leads come to you again.`;
    await postDirect(work, note.of({ text }), userId);
  }
  return said(backText(userId, by, wasAway));
}

/** The person who is named first, else the one who types. */
function whom(text: string, by: string): { userId: string; rest: string } {
  const [mention = '', userId = by] = /^<@([UW][A-Z0-9]+)(?:\|[^>]*)?>/.exec(text.trim()) ?? [];
  return { userId, rest: text.trim().slice(mention.length).trim() };
}

function said(text: string): Rendered {
  return { text: text.replaceAll('`', ''), blocks: [section(text)] };
}
