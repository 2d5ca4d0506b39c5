import type { InputBlock, KnownBlock, ModalView } from '@slack/types';
import type { Rendered } from '../outbox/message.ts';
import { context, count, escape, input, line, option, plain, section, truncate, when } from '../slack/kit.ts';
import type { Team } from '../team/team.ts';
import { columnUses } from './columns.ts';
import { encodingNames } from './decode.ts';
import { delimiterNames } from './delimiter.ts';
import type { ImportPlace, Preview } from './import.ts';
import type { ImportRow } from './store.ts';

/** More columns than this don't fit into a form with everything else. */
export const mostChoices = 30;
const previewRows = 5;

/** The form that takes the file. */
export function fileModal({ teams, channelId }: ImportPlace): ModalView {
  const [team] = teams;
  const options = teams.slice(0, 100).map(({ name, id }) => option(name, String(id)));
  const choice: InputBlock[] =
    teams.length === 1
      ? []
      : [
          input('team', 'Team', {
            type: 'static_select',
            options,
            placeholder: plain('Whose leads are they?'),
          }),
        ];
  return {
    type: 'modal',
    callback_id: 'import_file',
    private_metadata: JSON.stringify({ salesTeamId: teams.length === 1 ? team?.id : undefined, channelId }),
    title: plain('Import leads', 24),
    submit: plain('Next', 24),
    close: plain('Cancel', 24),
    blocks: [
      ...choice,
      input(
        'file',
        'Your file',
        { type: 'file_input', filetypes: ['csv', 'tsv', 'txt'], max_files: 1 },
        { hint: 'A CSV file of at most 20 MB and 200,000 rows. From Excel: Save as, CSV UTF-8.' },
      ),
      context('Next you see what I read in it. Nothing is imported before you say so.'),
    ],
  };
}

/** What was found in the file, and which column becomes what. */
export function previewModal(preview: Preview): ModalView {
  const { id, fileName, format, rows, sample, source, earlier } = preview;
  const shown = shownColumns(preview);
  const hidden = format.labels.length - shown.length;
  const facts = [
    `*${line(fileName, 100)}*`,
    count(rows, 'row').replace(/^\d+/, (digits) => number(Number(digits))),
    encodingNames[format.encoding],
    format.labels.length > 1
      ? `separated by ${delimiterNames[format.delimiter] ?? `“${escape(format.delimiter)}”`}`
      : 'one column',
    format.hasHeadings ? 'headings in the first row' : 'no headings',
  ];
  const known: KnownBlock[] = earlier
    ? [
        section(
          `:repeat: This file was imported on ${when(earlier.created_at)} by <@${earlier.user_id}>. Rows that came in then are not added again.`,
        ),
      ]
    : [];
  const rest: KnownBlock[] =
    hidden > 0 ? [context(`${count(hidden, 'more column')} can’t be shown here and will be left out.`)] : [];
  return {
    type: 'modal',
    callback_id: 'import_start',
    private_metadata: String(id),
    title: plain('Import leads', 24),
    submit: plain('Import', 24),
    close: plain('Cancel', 24),
    blocks: [
      section(facts.join(' · ')),
      ...known,
      section(
        sample
          .slice(0, previewRows)
          .map(
            (row, index) =>
              `${index + 1}. ${line(row.filter((cell) => cell.trim() !== '').join(' · '), 400)}`,
          )
          .join('\n'),
      ),
      ...shown.map((index) => columnInput(preview, index)),
      ...rest,
      input(
        'source',
        'Source',
        { type: 'plain_text_input', max_length: 120, initial_value: source },
        { hint: 'Where these leads come from; for rows that don’t say it themselves.' },
      ),
    ],
  };
}

/** Those that mean something come first; what is left out may be left out of the form as well. In the file's order. */
export function shownColumns({ format, uses }: Pick<Preview, 'format' | 'uses'>): number[] {
  const weight = (index: number): number => ({ skip: 2, detail: 1 })[uses[index] as string] ?? 0;
  return format.labels
    .map((_, index) => index)
    .sort((a, b) => weight(a) - weight(b) || a - b)
    .slice(0, mostChoices)
    .sort((a, b) => a - b);
}

export function columnBlockId(index: number): string {
  return `column_${index}`;
}

function columnInput({ format, uses, sample }: Preview, index: number): InputBlock {
  const options = Object.entries(columnUses).map(([use, label]) => option(label, use));
  const values = sample
    .slice(0, previewRows)
    .map((row) => (row[index] ?? '').replace(/\s+/g, ' ').trim())
    .filter((value) => value !== '');
  const hint = values.map((value) => truncate(value, 40)).join(' · ');
  return input(
    columnBlockId(index),
    truncate(format.labels[index] ?? '', 75),
    {
      type: 'static_select',
      options,
      initial_option: options.find(({ value }) => value === uses[index]),
    },
    { hint: hint || 'Nothing in the first rows.' },
  );
}

/** The direct message while it runs and when it is done. */
export function progress(row: ImportRow, team: Team): Rendered {
  const name = line(row.file_name, 100);
  if (row.state === 'failed') {
    const text = `${name} could not be read to its end.`;
    return {
      text,
      blocks: [
        section(`:warning: *${text}* ${figures(row)} Import it once more: what is in stays in, once.`),
      ],
    };
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
  const next = whoIsNext(row, team);
  return {
    text: `${name} is imported: ${figures(row)}`,
    blocks: [
      section(`:white_check_mark: *${name}* is imported: ${figures(row)}`),
      ...(next.length > 0 ? [section(next.join('\n'))] : []),
    ],
  };
}

/** `1,204 added (1,100 wait for marketing), 31 known already, 6 not read.` */
function figures({ added, held, known, bad }: ImportRow): string {
  const later = held === 0 ? '' : ` (${waiting(held)} for marketing)`;
  return `${number(added)} added${later}, ${number(known)} known already, ${number(bad)} not read.`;
}

function whoIsNext({ added, held, bad }: ImportRow, team: Team): string[] {
  const direct = added - held;
  const offered =
    team.mode === 'claim'
      ? `${number(direct)} ${direct === 1 ? 'is' : 'are'} on offer in the lead channel`
      : `${number(direct)} went round robin`;
  return [
    ...(held > 0
      ? [`• Marketing: ${waiting(held)} in <#${team.marketingChannelId}> to be released or turned down.`]
      : []),
    ...(direct > 0 ? [`• Reps: ${offered}; the cards come one after the other.`] : []),
    ...(bad > 0
      ? [
          '• You: the rows I could not read are in this thread, each with its reason. Correct them and import that file.',
        ]
      : []),
  ];
}

function waiting(held: number): string {
  return `${number(held)} ${held === 1 ? 'waits' : 'wait'}`;
}

function number(value: number): string {
  return value.toLocaleString('en');
}
