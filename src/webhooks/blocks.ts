import type { KnownBlock, ModalView } from '@slack/types';
import { actions, button, context, input, line, option, plain, section, when } from '../slack/kit.ts';
import type { Team } from '../team/team.ts';
import { kindOf, kinds, type SourceKind } from './kinds.ts';
import type { SourceWithSecret } from './sources.ts';
import type { Source } from './store.ts';

/** The list behind *Sources…*: what each is, its address, whether anything has come, and what can be done. */
export function sourcesView(
  team: Pick<Team, 'id' | 'name'>,
  sources: readonly Source[],
  publicUrl: string | undefined,
  now: number,
): ModalView {
  const intro = `An address for each form or system that sends leads to ${line(team.name, 60)} by itself. Every request must prove with the source's secret where it comes from.`;
  return {
    ...frame('sources', 'Sources'),
    blocks: [
      section(intro),
      ...(publicUrl === undefined && sources.length > 0 ? [context(noPublicUrl)] : []),
      ...sources.flatMap((source) => [
        section(
          `*${line(source.name, 60)}* · ${kindOf(source.kind).label}\n\`${addressOf(source, publicUrl)}\`\n${stateOf(source, now)}`,
        ),
        actions(buttonsOf(source), `source_${source.id}`),
      ]),
      actions(
        [button('New source…', 'source_new', { value: String(team.id), style: 'primary' })],
        'source_new',
      ),
    ],
  };
}

function stateOf({ lastReceivedAt, lastRefused, previousUntil }: Source, now: number): string {
  const received = lastReceivedAt === null ? 'Nothing received yet' : `Last received ${when(lastReceivedAt)}`;
  const isRotating = previousUntil !== null && previousUntil > now;
  return [
    isRotating ? `${received} · the old secret is good until ${when(previousUntil)}` : received,
    ...(lastRefused ? [`:warning: Last refused ${when(lastRefused.at)}: ${line(lastRefused.why, 300)}`] : []),
  ].join('\n');
}

function buttonsOf(source: Source): ReturnType<typeof button>[] {
  const value = String(source.id);
  const of = (what: string): string => `${what} of ${source.name}`;
  return [
    button('Rotate secret', 'source_rotate', { value, label: of('Rotate secret') }),
    ...(kindOf(source.kind).mapped
      ? [button('Change mapping', 'source_mapping', { value, label: of('Change mapping') })]
      : []),
    button('Remove', 'source_remove', {
      value,
      style: 'danger',
      label: `Remove ${source.name}`,
      confirm: {
        title: plain('Remove this source?'),
        text: plain('Its address stops working at once. Leads that came through it stay.', 300),
        confirm: plain('Remove', 30),
        deny: plain('Keep it', 30),
      },
    }),
  ];
}

export function newSourceView(team: Pick<Team, 'id'>): ModalView {
  return {
    ...frame('source_new', 'New source'),
    private_metadata: String(team.id),
    submit: plain('Create', 24),
    close: plain('Cancel', 24),
    blocks: [
      input(
        'name',
        'Name',
        { type: 'plain_text_input', max_length: 60, placeholder: plain('Website contact form') },
        { hint: 'It becomes part of the address, and for the last two kinds it stands on the cards.' },
      ),
      input('kind', 'What sends the leads?', {
        type: 'static_select',
        placeholder: plain('Choose a service'),
        options: (Object.keys(kinds) as SourceKind[]).map((kind) => option(kinds[kind].label, kind)),
      }),
      secretInput('Leave it empty and I make one. Fill it in only if the service made the secret.', true),
    ],
  };
}

export function rotateView(source: Source): ModalView {
  const { secret, label } = kindOf(source.kind);
  const hint =
    secret === 'theirs' ? `${label} shows it with the webhook.` : 'Leave it empty and I make a new one.';
  return {
    ...frame('source_rotate', 'Rotate secret'),
    private_metadata: String(source.id),
    submit: plain('Rotate', 24),
    close: plain('Cancel', 24),
    blocks: [
      section(
        `*${line(source.name, 60)}* gets a new secret. The old one stays good for 24 hours, so there is time to change it over there.`,
      ),
      ...(secret === 'ours' ? [] : [secretInput(hint, secret === 'either')]),
    ],
  };
}

function secretInput(hint: string, optional: boolean): ReturnType<typeof input> {
  return input(
    'secret',
    'Secret of the service',
    { type: 'plain_text_input', max_length: 300 },
    { hint, optional },
  );
}

/** The one time that a secret is shown; it goes straight to Slack, and nothing of ours keeps it readable. */
export function readyView({ source, secret }: SourceWithSecret, publicUrl: string | undefined): ModalView {
  const { paste, mapped, secret: madeBy } = kindOf(source.kind);
  const hidden =
    madeBy === 'theirs' ? 'The secret comes from the service.' : 'The secret is the one you pasted.';
  return {
    ...frame('source_ready', 'Source is ready'),
    blocks: [
      section(`:white_check_mark: *${line(source.name, 60)}* is ready. Its address:`),
      section(code(addressOf(source, publicUrl))),
      ...(publicUrl === undefined ? [context(noPublicUrl)] : []),
      ...(secret === null
        ? [section(hidden)]
        : [section('Its secret, shown only this once. Copy it now:'), section(code(secret))]),
      section(paste),
      ...(mapped ? [context('Are the fields called differently in your JSON? See *Change mapping*.')] : []),
      backTo(source),
    ],
  };
}

/** The whole address; without the public one, the part of it that we know. */
export function addressOf(
  { salesTeamId, slug }: Pick<Source, 'salesTeamId' | 'slug'>,
  publicUrl: string | undefined,
): string {
  return `${publicUrl ?? ''}/intake/${salesTeamId}/${slug}`;
}

const noPublicUrl =
  'In front of this goes the address under which the internet reaches the app, such as `https://leads.example.com`. When `PUBLIC_URL` is set I show it whole.';

/** The way back to the list. */
export function backTo({ salesTeamId }: Source): KnownBlock {
  return actions([button('All sources', 'sources:back', { value: String(salesTeamId) })], 'sources_back');
}

function code(text: string): string {
  return `\`\`\`${text}\`\`\``;
}

/** What every form here has in common. */
export function frame(
  callbackId: string,
  title: string,
): Pick<ModalView, 'type' | 'callback_id' | 'title' | 'close'> {
  return { type: 'modal', callback_id: callbackId, title: plain(title, 24), close: plain('Done', 24) };
}
