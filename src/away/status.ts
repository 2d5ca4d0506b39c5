import type { UserChange } from '../slack/listener.ts';

/** Slack's own suggestions for being away ("Vacationing", "Out sick") and what people use besides. */
const absenceEmoji = new Set([
  ':palm_tree:',
  ':desert_island:',
  ':beach_with_umbrella:',
  ':umbrella_on_ground:',
  ':airplane_departure:',
  ':face_with_thermometer:',
  ':mask:',
  ':sneezing_face:',
  ':face_with_head_bandage:',
  ':hospital:',
  ':no_entry:',
  ':no_entry_sign:',
]);

const absenceWords =
  /\b(out of (the )?office|ooo|vacation(ing)?|annual leave|parental leave|on leave|on holiday|out sick|sick leave|urlaub|krank|elternzeit|abwesend)\b/i;
const returned = /\b(back from|zurück aus)\b/i;

/**
 * Whether a status says that somebody does not work. Do not disturb says no such thing: it is on every night and in
 * every meeting, and who is away for a day or longer has one of these.
 */
export function isAbsence({ emoji, text }: Pick<UserChange['status'], 'emoji' | 'text'>): boolean {
  // A skin tone stands behind the name: `:mask::skin-tone-3:`.
  const name = emoji.replace(/::skin-tone-\d:$/, ':');
  return absenceEmoji.has(name) || (absenceWords.test(text) && !returned.test(text));
}
