import { createHash } from 'node:crypto';
import type { ModalView } from '@slack/types';
import { z } from 'zod';
import {
  type FieldErrors,
  idOf,
  type Listener,
  type NextView,
  onAction,
  onSubmit,
  type Submission,
} from '../slack/listener.ts';
import { textValue } from '../slack/payload.ts';
import type { Work } from '../work.ts';
import { newSourceView, readyView, rotateView, sourcesView } from './blocks.ts';
import { readGeneric } from './generic.ts';
import { parseBody } from './json-body.ts';
import { isSourceKind, kindOf } from './kinds.ts';
import { mappingSavedView, mappingView } from './mapping-form.ts';
import { parseMapping } from './mapping.ts';
import { Secrets } from './secrets.ts';
import {
  changeMapping,
  closeSource,
  createSource,
  rotateSecret,
  secretMistake,
  sourceManagedBy,
  teamManagedBy,
} from './sources.ts';
import { sourcesOf } from './store.ts';

export interface WebhookSettings {
  secrets: Secrets;
  /** How senders reach the app, without the closing slash; undefined where nobody has set it. */
  publicUrl: string | undefined;
}

/** Where the environment says nothing: only bearer tokens, which need no key. */
export const withoutKey: WebhookSettings = { secrets: new Secrets(undefined), publicUrl: undefined };

/** *Sources…* in the team's setup: make, rotate, map and remove the addresses that leads are sent to. */
export function webhookListeners({ secrets, publicUrl }: WebhookSettings): readonly Listener[] {
  const list = async (work: Work, salesTeamId: number, userId: string): Promise<ModalView> => {
    const team = await teamManagedBy(work, salesTeamId, userId);
    return sourcesView(team, await sourcesOf(work, salesTeamId), publicUrl, work.now);
  };
  return [
    onAction('sources', async (work, { value, variant, userId }) => {
      const view = await list(work, idOf(value), userId);
      return variant === 'back' ? { show: view } : { open: view };
    }),

    onAction('source_new', async (work, { value, userId }) => ({
      show: newSourceView(await teamManagedBy(work, idOf(value), userId)),
    })),

    onSubmit('source_new', async (work, form): Promise<FieldErrors | NextView> => {
      const name = textValue(form, 'name');
      const kind = textValue(form, 'kind');
      const pasted = textValue(form, 'secret');
      if (!/[\p{L}\p{N}]/u.test(name)) return { name: 'Give it a name, such as Website contact form.' };
      if (!isSourceKind(kind)) return { kind: 'Choose what sends the leads.' };
      const mistake = secretMistake(kind, pasted);
      if (mistake !== null) return { secret: mistake };
      const input = { salesTeamId: idOf(form.metadata), userId: form.userId, name, kind, pasted };
      return { next: readyView(await createSource(work, secrets, input), publicUrl) };
    }),

    onAction('source_rotate', async (work, { value, userId }) => ({
      show: rotateView(await sourceManagedBy(work, idOf(value), userId)),
    })),

    onSubmit('source_rotate', async (work, form): Promise<FieldErrors | NextView> => {
      const { id, kind } = await sourceManagedBy(work, idOf(form.metadata), form.userId);
      const pasted = textValue(form, 'secret');
      if (pasted === '' && kindOf(kind).secret === 'theirs')
        return { secret: 'Paste the secret of the service.' };
      const mistake = secretMistake(kind, pasted);
      if (mistake !== null) return { secret: mistake };
      const rotated = await rotateSecret(work, secrets, { sourceId: id, userId: form.userId, pasted });
      return { next: readyView(rotated, publicUrl) };
    }),

    onAction('source_remove', async (work, { value, userId }) => {
      const { salesTeamId } = await closeSource(work, idOf(value), userId);
      return { show: await list(work, salesTeamId, userId) };
    }),

    onAction('source_mapping', async (work, { value, userId }) => ({
      show: mappingView(await sourceManagedBy(work, idOf(value), userId)),
    })),

    onSubmit('source_mapping', submitMapping),
  ];
}

const mappingMetadata = z.object({ id: z.number(), mark: z.string() });

/** With a sample, what it is read as is shown first; the same input once more is saved. */
async function submitMapping(work: Work, form: Submission): Promise<FieldErrors | NextView> {
  const { id, mark } = mappingMetadata.parse(JSON.parse(form.metadata));
  const source = await sourceManagedBy(work, id, form.userId);
  const lines = textValue(form, 'mapping');
  const sample = textValue(form, 'sample');
  const parsed = parseMapping(lines);
  if (!parsed.ok) return { mapping: parsed.why };
  const { mapping } = parsed;
  const given = createHash('sha256')
    .update(JSON.stringify([lines, sample]))
    .digest('hex');
  if (sample !== '' && mark !== given) {
    const body = parseBody(Buffer.from(sample));
    if (!body.ok) return { sample: body.why };
    const reading = readGeneric(body.payload, { name: source.name, mapping });
    if (reading.kind !== 'lead')
      return { sample: 'There is no value in this sample. Paste a filled-in one.' };
    return { next: mappingView({ ...source, mapping }, { draft: reading.draft, sample, mark: given }) };
  }
  return {
    next: mappingSavedView(await changeMapping(work, { sourceId: id, userId: form.userId, mapping })),
  };
}
