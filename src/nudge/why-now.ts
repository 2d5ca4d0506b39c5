/** So many first answers make the team's own numbers worth more than the general rule. */
const enough = 30;

/** How many first answers came on which attempt. */
export type AnswerCounts = readonly { attempt: number; answers: number }[];

/** Why this attempt is worth it now, from the team's own answers as soon as there are enough; mrkdwn. */
export function whyNow(attempt: number, planned: number, answers: AnswerCounts): string {
  const share = shareFrom(attempt, answers);
  if (attempt > 1 && share !== undefined && share > 0) {
    const last = attempt >= planned ? ' This is the last planned attempt.' : '';
    return `${percent(share)} of this team’s replies came on attempt ${attempt} or later.${last}`;
  }
  if (attempt === 1)
    return 'Nobody has written or called yet, and the first answer counts most while they still wait.';
  if (attempt >= planned)
    return 'This is the last planned attempt: most people never get one, and some answer exactly this one.';
  if (attempt <= 4)
    return 'Replies usually come on the third or fourth attempt, and most people have stopped by now.';
  return 'Six attempts over several channels are what it takes to be heard; you are nearly there.';
}

/** Of all first answers the share that came on this attempt or a later one; undefined while there are too few. */
export function shareFrom(attempt: number, answers: AnswerCounts): number | undefined {
  const sum = (some: AnswerCounts): number => some.reduce((total, each) => total + each.answers, 0);
  const all = sum(answers);
  return all < enough ? undefined : sum(answers.filter((each) => each.attempt >= attempt)) / all;
}

function percent(share: number): string {
  const rounded = Math.round(share * 100);
  return rounded === 0 ? 'Some' : `${rounded}%`;
}
