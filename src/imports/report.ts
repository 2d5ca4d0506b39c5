import type { Rendered } from '../outbox/message.ts';
import { context, line, section } from '../slack/kit.ts';
import type { Team } from '../team/team.ts';
import { number, waiting } from './numbers.ts';
import type { ImportRow } from './store.ts';

/**
 * The direct message while it runs and when it is done.
 * @param byMarketer whether it was started in the marketing channel, by who releases leads
 */
export function progress(row: ImportRow, team: Team, byMarketer: boolean): Rendered {
  const name = line(row.file_name, 100);
  if (row.state === 'failed') {
    const text = `${name} could not be read to its end.`;
    const blocks = [
      section(
        `:warning: *${text}* ${figures(row, byMarketer)} Import it once more: what is in stays in, once.`,
      ),
    ];
    return { text, blocks };
  }
  if (row.state !== 'done') {
    const text = `Importing ${name}: ${number(row.next_row)} of ${number(row.rows)} rows.`;
    return {
      text,
      blocks: [
        section(`:hourglass_flowing_sand: ${text}`),
        context('You can go on working; I tell you here when it is done.'),
      ],
    };
  }
  const next = whoIsNext(row, team, byMarketer);
  const done = row.added > 0 ? 'is imported:' : 'is done.';
  return {
    text: `${name} ${done} ${figures(row, byMarketer)}`,
    blocks: [
      section(`:white_check_mark: *${name}* ${done} ${figures(row, byMarketer)}`),
      ...(next.length > 0 ? [section(next.join('\n'))] : []),
    ],
  };
}

/** `1,204 added (1,100 wait for marketing), 31 known already, 6 not imported.` */
export function figures(row: ImportRow, byMarketer: boolean): string {
  const { next_row: rows, added, held, known, repeated, twice, bad } = row;
  if (rows === 0) return 'Nothing is in yet.';
  if (repeated === rows) {
    const all = rows === 1 ? 'its row was' : rows === 2 ? 'both were' : `all ${number(rows)} were`;
    return `Nothing new: ${all} imported before.`;
  }
  const later = held === 0 ? '' : ` (${waiting(held)} for ${byMarketer ? 'you' : 'marketing'})`;
  const parts: [value: number, text: string][] = [
    [added, `added${later}`],
    [known, 'known already'],
    [repeated, 'imported before'],
    [twice, 'twice in this file'],
    [bad, 'not imported'],
  ];
  const said = parts.filter(([value]) => value > 0).map(([value, text]) => `${number(value)} ${text}`);
  return `${added === 0 ? 'Nothing new: ' : ''}${said.join(', ')}.`;
}

function whoIsNext({ added, held, bad }: ImportRow, team: Team, byMarketer: boolean): string[] {
  const direct = added - held;
  const offered =
    team.mode === 'claim'
      ? `${number(direct)} ${direct === 1 ? 'is' : 'are'} on offer in the lead channel`
      : `${number(direct)} went round robin`;
  const wait = `${waiting(held)}${byMarketer ? ' for you' : ''} in <#${team.marketingChannelId}>`;
  return [
    ...(held > 0 ? [`• ${byMarketer ? 'You' : 'Marketing'}: ${wait} to be released or turned down.`] : []),
    ...(direct > 0 ? [`• Reps: ${offered}; the cards come one after the other.`] : []),
    ...(bad > 0
      ? [
          '• You: the rows I could not import are in this thread, each with its reason. Correct them and import that file.',
        ]
      : []),
  ];
}
