import type { ModalView } from '@slack/types';
import { recordAudit } from '../db/audit.ts';
import { Refusal } from '../errors.ts';
import { post } from '../outbox/enqueue.ts';
import { escape, user } from '../slack/kit.ts';
import { note } from '../slack/note.ts';
import { teamOfChannel } from '../team/store.ts';
import { isManager } from '../team/team.ts';
import type { Work } from '../work.ts';
import { teachForm } from './blocks.ts';
import type { MappingRules } from './mapping.ts';
import type { SlackPost } from './post-text.ts';
import { senderOf, senderTitle } from './sender.ts';
import { currentMapping, saveMapping } from './store.ts';
import { type Lesson, teachRows } from './teach.ts';

/** For who wants a lead of one of our own messages. */
export const ownCard = 'This is already a lead’s card. Choose the post above it.';

/**
 * The form that asks what is what in a post.
 * @param rules those of a try that somebody comes back from; without them the saved ones
 * @throws Refusal where there is nothing to teach
 */
export async function formFor(
  work: Work,
  channelId: string,
  message: SlackPost,
  rules?: MappingRules,
): Promise<ModalView> {
  if (message.user === work.workspace.botUserId) {
    throw new Refusal(ownCard);
  }
  const sender = senderOf(message);
  if (sender === null)
    throw new Refusal('Slack does not say who posted this, so I could not recognise the next one.');
  const saved = await currentMapping(work, channelId, sender.key);
  const found = teachRows(message, rules ?? saved?.rules ?? []);
  if (found.rows.length === 0) {
    throw new Refusal(
      'I can read nothing in this post. Choose one that has the name and the mail address as text.',
    );
  }
  return teachForm({ channelId, ts: message.ts, sender, rules: [] }, found, saved);
}

/** Saves the next version; no rules forget what was taught. The channel hears of it: everybody there lives with it. */
export async function saveLesson(work: Work, learned: Lesson, by: string): Promise<void> {
  const { channelId, sender, rules } = learned;
  await refuseUnlessManager(work, channelId, by);
  const version = await saveMapping(work, channelId, sender, rules, by);
  await recordAudit(work, {
    actor: by,
    action: rules.length === 0 ? 'format.forgotten' : 'format.taught',
    detail: { channelId, sender: sender.key, version },
  });
  const title = senderTitle(sender);
  const text =
    rules.length === 0
      ? `${user(by)} made me forget the format of ${title} here (version ${version}).`
      : `${user(by)} taught me to read posts of ${title} here (version ${version}).`;
  await post(work, note.of({ text }), { channelId });
}

/** @throws Refusal that says who may, and where this works at all */
export async function refuseUnlessManager(work: Work, channelId: string, userId: string): Promise<void> {
  const team = await teamOfChannel(work, channelId);
  if (!team) {
    throw new Refusal('No leads arrive here. Teach me in a lead channel, or type `/leads setup` here first.');
  }
  if (isManager(team, userId)) return;
  throw new Refusal(
    `Only a manager of ${escape(team.name)} can teach me: ${team.managers.map(user).join(', ')}.`,
  );
}
