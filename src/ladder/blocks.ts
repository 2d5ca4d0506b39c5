import type { LeadRow } from '../db/schema.ts';
import type { LadderKind } from '../lead/ladder.ts';
import { leadName, leadTitle } from '../lead/lead.ts';
import type { Rendered } from '../outbox/message.ts';
import { button, context, count, line, section, user } from '../slack/kit.ts';
import type { Team } from '../team/team.ts';
import { waited } from './waited.ts';

export interface ClimberView {
  lead: LeadRow;
  /** Of its card; undefined while that is not posted. */
  url: string | undefined;
  now: number;
}

/** So many leads are named in one message; the rest is counted. */
const named = 10;

/** `A lead of rank A has waited 30 minutes for somebody: …`. @param leads at least one */
export function reminder(leads: readonly ClimberView[], team: Team): Rendered {
  const [first] = leads;
  const ask = leads.length === 1 ? 'Who takes it?' : 'Who takes them?';
  const text =
    leads.length === 1 && first
      ? `A lead of rank ${first.lead.rank} has waited ${waited(first, team)} for somebody.`
      : `${count(leads.length, 'lead')} wait for somebody.`;
  const rows = leads.slice(0, named).map((view) => {
    const which = cardLink(view, team);
    return leads.length === 1 ? which : `• ${which}, rank ${view.lead.rank}, for ${waited(view, team)}`;
  });
  return {
    text: `${text} ${ask}`,
    blocks: [section([`:hourglass: ${text} ${ask}`, ...rows].join('\n')), ...more(leads)],
  };
}

/** To a manager, with a way to give each lead to somebody. @param leads at least one */
export function report(kind: LadderKind, leads: readonly ClimberView[], team: Team): Rendered {
  const headline =
    kind === 'unclaimed'
      ? `${leads.length === 1 ? 'A lead has' : `${count(leads.length, 'lead')} have`} nobody yet`
      : `${leads.length === 1 ? 'A lead is' : `${count(leads.length, 'lead')} are`} still untouched`;
  const rows = leads.slice(0, named).map((view) => {
    const { lead } = view;
    const link = view.url === undefined ? '' : `  <${view.url}|Open card>`;
    const what = `${leadTitle(lead)}, rank ${lead.rank}`;
    const who = lead.owner_id === null ? '' : `${user(lead.owner_id)} has had it `;
    const why = lead.waits_for === null ? '' : `\n${lead.waits_for}`;
    const since = `${who}${who === '' ? 'For' : 'for'} ${waited(view, team)}`;
    const text = `${what}\n${since}${who === '' ? '' : ' without a touch'}.${link}${why}`;
    return section(
      text,
      button('Hand on…', 'hand_on', {
        value: String(lead.id),
        label: `Give the lead ${leadName(lead)} to a rep`,
      }),
    );
  });
  return {
    text: `${headline} in ${line(team.name, 60)}.`,
    blocks: [section(`:ladder: *${headline}* in ${line(team.name, 60)}.`), ...rows, ...more(leads)],
  };
}

function more(leads: readonly ClimberView[]): ReturnType<typeof context>[] {
  const rest = leads.length - named;
  return rest > 0 ? [context(`And ${count(rest, 'more lead')}; \`/standup\` shows the team.`)] : [];
}

/** A blind lead says no name: whoever claims it learns it. */
function cardLink({ lead, url }: ClimberView, team: Team): string {
  const title = team.blindClaim ? 'Open its card' : leadTitle(lead);
  if (url === undefined) return team.blindClaim ? 'Its card is in this channel.' : title;
  return team.blindClaim ? `<${url}|${title}>` : `${title}  <${url}|Open card>`;
}
