import { z } from 'zod';
import { draftFromAnswers, textOf } from './answers.ts';
import { leadReading, type Reading, unknownReading } from './reading.ts';

const payloadShape = z.looseObject({
  triggerType: z.literal('form_submission'),
  payload: z.looseObject({
    id: z.unknown().optional(),
    name: z.unknown().optional(),
    data: z.record(z.string(), z.unknown()),
    pageUrl: z.unknown().optional(),
    publishedPath: z.unknown().optional(),
  }),
});

/** Reads `form_submission` of Webflow's webhooks, version 2: field names are the labels. */
export function readWebflow(payload: unknown): Reading {
  const parsed = payloadShape.safeParse(payload);
  if (!parsed.success) {
    return unknownReading(
      'This address expects Webflow form submissions: an object with "triggerType": "form_submission" and "payload.data".',
    );
  }
  const { id, name, data, pageUrl, publishedPath } = parsed.data.payload;
  const answers = Object.entries(data)
    .slice(0, 300)
    .map(([label, value]) => ({ label, value: textOf(value) }));
  const around = { sender: 'Webflow', form: textOf(name), page: textOf(pageUrl) || textOf(publishedPath) };
  return leadReading(draftFromAnswers(answers, around), id);
}
