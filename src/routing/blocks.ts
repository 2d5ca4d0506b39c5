import type { ModalView } from '@slack/types';
import type { LeadRow, RoutingMode } from '../db/schema.ts';
import { leadTitle } from '../lead/lead.ts';
import type { Rendered } from '../outbox/message.ts';
import type { Playbook } from '../playbook/schema.ts';
import {
  actions,
  button,
  context,
  escape,
  fitting,
  input,
  line,
  option,
  plain,
  section,
  user,
  when,
} from '../slack/kit.ts';
import { modes } from '../team/blocks.ts';
import type { Team } from '../team/team.ts';
import type { ChoiceResult } from './choose.ts';

/** One decision, or what somebody did. */
export interface History {
  at: number;
  /** Sentences in mrkdwn. */
  steps: string[];
}

export function renderWhy(lead: LeadRow, history: readonly History[], url: string | undefined): Rendered {
  const open = url === undefined ? '' : `  <${url}|Open card>`;
  const title = `*Why here?* ${leadTitle(lead)} · number ${lead.id}\n${standing(lead)}${open}`;
  const entries = history.map(({ at, steps }) =>
    section([when(at), ...steps.map((step, index) => `${index + 1}. ${step}`)].join('\n')),
  );
  const none = section('Nothing was decided about it by the app so far.');
  return {
    text: `Why this lead is where it is: ${line(lead.name ?? `number ${lead.id}`, 80)}`,
    blocks: [section(title), ...(entries.length === 0 ? [none] : fitting(entries))],
  };
}

/** The same from the card's menu. */
export function whyModal({ blocks = [] }: Rendered): ModalView {
  return {
    type: 'modal',
    callback_id: 'why',
    title: plain('Why here?', 24),
    close: plain('Close', 24),
    blocks: blocks.slice(0, 100),
  };
}

/** A blind lead's steps may name whom it is like, so its story waits as its name does. */
export function renderBlindWhy(lead: LeadRow, url: string | undefined): Rendered {
  const open = url === undefined ? '' : `  <${url}|Open card>`;
  return {
    text: `Why lead number ${lead.id} is where it is`,
    blocks: [
      section(`*A lead of rank ${lead.rank}* · number ${lead.id}\n${standing(lead)}${open}`),
      context('Name, account and the steps so far are shown once it is claimed.'),
    ],
  };
}

function standing(lead: LeadRow): string {
  if (lead.state === 'held') return 'It is held: marketing looks at it before a rep is chosen.';
  if (lead.state === 'resolved') return 'It is closed.';
  if (lead.owner_id !== null) return `${user(lead.owner_id)} has it.`;
  return lead.waits_for === null ? 'It is on offer.' : `It waits: ${lead.waits_for}.`;
}

/** What somebody typed fits several leads. @param more whether there are others than these */
export function renderSeveral(
  leads: readonly LeadRow[],
  more: boolean,
  urls: ReadonlyMap<number, string>,
): Rendered {
  const rows = leads.map((lead) => {
    const url = urls.get(lead.id);
    return `\`/leads why ${lead.id}\`  ${leadTitle(lead)}${url === undefined ? '' : `  <${url}|Open card>`}`;
  });
  const text = more ? 'Many leads fit. The newest:' : 'Several leads fit. Which one?';
  return { text, blocks: [section([text, ...rows].join('\n'))] };
}

/** The form behind *Routing…* in a team's setup. */
export function routingModal(team: Team, ranks: Playbook['ranks'], isSaved = false): ModalView {
  const like = option(`Like the team: ${modes[team.mode].label}`, 'team');
  const modeOptions = Object.entries(modes).map(([value, { label }]) => option(label, value));
  const account = {
    ...option('Same account first', 'same_account'),
    description: plain('Who has the account’s other leads gets this one too'),
  };
  const blind = {
    ...option('Blind claim', 'blind'),
    description: plain('Cards on offer keep name and account to themselves'),
  };
  const chosen = [...(team.sameAccountFirst ? [account] : []), ...(team.blindClaim ? [blind] : [])];
  return {
    type: 'modal',
    callback_id: 'routing',
    private_metadata: String(team.id),
    title: plain('Routing', 24),
    submit: plain('Save', 24),
    close: plain('Back', 24),
    blocks: [
      ...(isSaved ? [context(':white_check_mark: Saved.')] : []),
      section(`Who gets a new lead of *${line(team.name, 60)}*? Each rank may have a way of its own.`),
      ...Object.entries(ranks).map(([rank, { label }]) =>
        input(`mode_${rank}`, `Rank ${rank}: ${label}`, {
          type: 'static_select',
          placeholder: plain('How?'),
          options: [like, ...modeOptions],
          initial_option: modeOptions.find(({ value }) => value === team.rankModes[rank]) ?? like,
        }),
      ),
      input(
        'options',
        'Besides',
        {
          type: 'checkboxes',
          options: [account, blind],
          ...(chosen.length > 0 && { initial_options: chosen }),
        },
        {
          optional: true,
          hint: 'Blind claim hides them on the card only. A lead that was posted into the channel can be read there by everybody: it works for leads that come by webhook, by list or by form.',
        },
      ),
      actions([button('Dry run', 'dry_run', { value: String(team.id) })], 'dry_run'),
      context(
        'Shows whom the next ten leads would go to with what is chosen here. Nothing is changed by it; the way of the whole team counts as it was saved.',
      ),
      context(
        'Rules by country, language, source, persona or size are written in the playbook; they ask for the tags that reps have under *Reps…*.',
      ),
    ],
  };
}

/** A mode, the ranks whose leads go by it, and what the next leads would do. */
export interface ModeRun {
  mode: RoutingMode;
  ranks: readonly string[];
  results: readonly ChoiceResult[];
}

/**
 * @param about.out who gets none and why, in mrkdwn; null where everybody may
 * @param about.isSaved whether the form shows what counts now
 */
export function dryRunModal(
  runs: readonly ModeRun[],
  { out, isSaved }: { out: string | null; isSaved: boolean },
): ModalView {
  return {
    type: 'modal',
    callback_id: 'dry_run',
    title: plain('Dry run', 24),
    close: plain('Back', 24),
    blocks: [
      section(
        isSaved
          ? 'Whom the next ten leads would go to right now. Nothing is changed.'
          : 'Whom the next ten leads would go to with what you have chosen in the form. *It is not saved yet:* go back and choose Save.',
      ),
      ...runs.map(({ mode, ranks, results }) =>
        section(`*${modes[mode].label}* (${ranksText(ranks)})\n${runText(results)}`),
      ),
      ...(out === null ? [] : [context(out)]),
      context(
        'For leads that no rule and no account knows; “same account first” and the playbook’s rules come before.',
      ),
    ],
  };
}

function ranksText(ranks: readonly string[]): string {
  if (ranks.length === 0) return 'no rank goes this way now';
  return `${ranks.length === 1 ? 'rank' : 'ranks'} ${ranks.map(escape).join(', ')}`;
}

function runText(results: readonly ChoiceResult[]): string {
  const lines = results.map((result) => {
    if (result.kind === 'assign') return user(result.userId);
    return result.kind === 'offer' ? 'on offer' : `waits: ${result.why}`;
  });
  if (results.every(({ kind }) => kind === 'offer'))
    return 'All ten are on offer: the first to claim one has it.';
  return lines.map((text, index) => `${index + 1}. ${text}`).join('\n');
}

/** What changed, for everybody in the channel. */
export function routingChanged(by: string, team: Team): string {
  const own = Object.entries(team.rankModes).map(
    ([rank, mode]) => `rank ${escape(rank)}: ${mode ? modes[mode].said : ''}`,
  );
  const parts = [
    own.length === 0 ? `${modes[team.mode].said} for every rank` : own.join(', '),
    team.sameAccountFirst ? 'same account first' : 'the account does not matter',
    ...(team.blindClaim ? ['cards on offer are blind'] : []),
  ];
  return `${user(by)} changed the routing: ${parts.join('; ')}.`;
}
