import type { Logger } from 'pino';
import { z } from 'zod';
import { Refusal } from '../errors.ts';
import {
  type FieldErrors,
  type FormReply,
  type Listener,
  type Meanwhile,
  onAction,
  onShortcut,
  onSubmit,
  type SlackReader,
  type Submission,
} from '../slack/listener.ts';
import { waitingView } from '../slack/modals.ts';
import { listValue, textValue } from '../slack/payload.ts';
import { forgottenView, readAgainBlock, rowOfBlock, savedView, trialView } from './blocks.ts';
import { anyMessage } from './change-event.ts';
import { formFor, refuseUnlessManager, saveLesson } from './lessons.ts';
import { rereadPost } from './edits.ts';
import { mappedField, mappedFields, type MappingRules, mappingRules } from './mapping.ts';
import type { SlackPost } from './post-text.ts';
import { currentMapping } from './store.ts';
import { takePost } from './take-post.ts';
import { learnPrefixes, lesson, postsOf, rulesOf, takesMany, tryRules } from './teach.ts';

/** Every post in a channel the app is in, and teaching it to read them. */
export function postListeners(log: Logger): readonly Listener[] {
  return [
    {
      on: 'message',
      handle: async (work, event) => {
        await takePost(work, event, log);
      },
    },
    ...teachListeners,
  ];
}

const offered = z.object({ channelId: z.string(), ts: z.string() });

const teachListeners: readonly Listener[] = [
  onShortcut('teach_format', async (work, { userId, channelId, message }) => {
    const parsed = anyMessage.safeParse(message);
    if (channelId === undefined || !parsed.success) throw new Refusal('Choose this in the menu of a post.');
    await refuseUnlessManager(work, channelId, userId);
    return { open: await formFor(work, channelId, parsed.data as SlackPost) };
  }),

  onAction('teach_offer', async (work, click) => {
    const { channelId, ts } = offered.parse(JSON.parse(click.value));
    await refuseUnlessManager(work, channelId, click.userId);
    return { open: waitingView('Teach a format', 'Getting the post…'), meanwhile: fetchForm(channelId, ts) };
  }),

  onSubmit('teach_format', async (work, form): Promise<FormReply> => {
    const given = lesson.parse(JSON.parse(form.metadata));
    await refuseUnlessManager(work, given.channelId, form.userId);
    const today = (await currentMapping(work, given.channelId, given.sender.key))?.rules ?? [];
    const { chosen, shown, firstBlock, errors } = readForm(form);
    if (Object.keys(errors).length > 0) return errors;
    if (!chosen.some(([, field]) => field !== 'unused')) {
      return { [firstBlock]: 'Say of at least one part what it is.' };
    }
    return {
      next: waitingView('Try it', 'Reading the last 20 posts…'),
      meanwhile: async ({ slack }) => {
        const messages = await slack.history(given.channelId, { limit: 100 });
        const posts = postsOf(messages, given.sender);
        const rules = learnPrefixes(rulesOf(chosen, shown, today), posts);
        return trialView({ ...given, rules }, tryRules(posts, rules, today), work.workspace.url);
      },
    };
  }),

  onAction('teach_back', async (work, click) => {
    const { channelId, ts, rules } = lesson.parse(JSON.parse(click.value));
    await refuseUnlessManager(work, channelId, click.userId);
    return {
      show: waitingView('Teach a format', 'Getting the post…'),
      meanwhile: fetchForm(channelId, ts, rules),
    };
  }),

  onSubmit('teach_save', async (work, form): Promise<FormReply | void> => {
    const learned = lesson.parse(JSON.parse(form.metadata));
    const { channelId, ts, sender } = learned;
    const before = (await currentMapping(work, channelId, sender.key))?.rules ?? [];
    await saveLesson(work, learned, form.userId);
    if (listValue(form, readAgainBlock).length === 0) return undefined;
    return {
      next: waitingView('Saved', 'Reading the post again…'),
      meanwhile: async ({ slack, transact }) => {
        const post = await postAt(slack, channelId, ts);
        if (post === undefined) return savedView('gone');
        const isLead = await transact((saved) => rereadPost(saved, channelId, post, before));
        return savedView(isLead ? 'lead' : 'no_lead');
      },
    };
  }),

  onAction('teach_forget', async (work, click) => {
    await saveLesson(work, { ...lesson.parse(JSON.parse(click.value)), rules: [] }, click.userId);
    return { show: forgottenView() };
  }),
];

function fetchForm(channelId: string, ts: string, rules?: MappingRules): Meanwhile {
  return async ({ slack, transact }) => {
    const message = await postAt(slack, channelId, ts);
    if (message === undefined) {
      throw new Refusal(
        'That post is gone. Choose *Teach the app a format* in the menu of another post like it.',
      );
    }
    return transact((work) => formFor(work, channelId, message, rules));
  };
}

async function postAt(slack: SlackReader, channelId: string, ts: string): Promise<SlackPost | undefined> {
  const messages = await slack.history(channelId, { limit: 1, latest: ts });
  return messages.find((entry) => entry['ts'] === ts) as SlackPost | undefined;
}

interface TaughtForm {
  chosen: MappingRules;
  shown: Set<string>;
  firstBlock: string;
  errors: FieldErrors;
}

function readForm(form: Submission): TaughtForm {
  const chosen: unknown[] = [];
  const shown = new Set<string>();
  const errors: FieldErrors = {};
  const taken = new Set<string>();
  const blockIds = Object.keys(form.values).filter((id) => rowOfBlock(id) !== undefined);
  for (const blockId of blockIds) {
    const row = rowOfBlock(blockId);
    if (row === undefined) continue;
    const field = mappedField.parse(textValue(form, blockId));
    shown.add(row.place);
    if (field !== 'unused' || !row.isLeftOut) chosen.push([row.place, field]);
    if (taken.has(field) && !takesMany(field)) {
      errors[blockId] =
        `Another part is “${mappedFields[field]}” already. Choose something else for one of the two.`;
    }
    taken.add(field);
  }
  return { chosen: mappingRules.parse(chosen), shown, firstBlock: blockIds[0] ?? '', errors };
}
