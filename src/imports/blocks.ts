import type { InputBlock, KnownBlock, ModalView } from '@slack/types';
import {
  context,
  count,
  escape,
  inSentence,
  input,
  line,
  option,
  plain,
  section,
  truncate,
  user,
  when,
} from '../slack/kit.ts';
import { columnUses } from './columns.ts';
import { encodingNames } from './decode.ts';
import { delimiterNames } from './delimiter.ts';
import type { ImportPlace, Preview } from './import.ts';
import { number } from './numbers.ts';
import { outlook, tally } from './outlook.ts';
import { figures } from './report.ts';

/** More columns than this don't fit into a form with everything else. */
export const mostChoices = 30;
const previewRows = 5;

/** What was wrong with a file, and for which team it was. */
export interface FileMistake {
  sentence: string;
  salesTeamId: number;
}

/** The form that takes the file. @param mistake why it is shown once more */
export function fileModal({ teams, channelId, openedIn }: ImportPlace, mistake?: FileMistake): ModalView {
  const [team] = teams;
  const options = teams.slice(0, 100).map(({ name, id }) => option(name, String(id)));
  const before = options.find(({ value }) => value === String(mistake?.salesTeamId));
  const choice: InputBlock[] =
    teams.length === 1
      ? []
      : [
          input('team', 'Team', {
            type: 'static_select',
            options,
            placeholder: plain('Whose leads are they?'),
            ...(before && { initial_option: before }),
          }),
        ];
  return {
    type: 'modal',
    callback_id: 'import_file',
    private_metadata: JSON.stringify({
      salesTeamId: teams.length === 1 ? team?.id : undefined,
      channelId,
      openedIn,
    }),
    title: plain('Import leads', 24),
    submit: plain('Next', 24),
    close: plain('Cancel', 24),
    blocks: [
      ...(mistake ? [section(`:warning: ${mistake.sentence}`)] : []),
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
  const { id, fileName, format, rows, sample, source, survey, team } = preview;
  const shown = shownColumns(preview);
  const hidden = format.labels.length - shown.length;
  const facts = [
    `*${line(fileName, 100)}*`,
    `${number(rows)} ${rows === 1 ? 'row' : 'rows'}`,
    encodingNames[format.encoding],
    format.labels.length > 1
      ? `separated by ${delimiterNames[format.delimiter] ?? `“${escape(format.delimiter)}”`}`
      : 'one column',
    format.hasHeadings ? 'headings in the first row' : 'no headings',
  ];
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
      ...(format.hasHeadings
        ? []
        : [
            section(
              ':warning: *No headings found: please check every column.* What I could not tell is left out.',
            ),
          ]),
      section(repeatText(preview) ?? outlook(survey, team.marketingChannelId)),
      section(facts.join(' · ') + (preview.earlier ? '' : `\n${tally(survey)}`)),
      context('As the columns are now. Whoever is a lead already is not added again.'),
      section(
        sample
          .slice(0, previewRows)
          .map(
            (row, index) =>
              `${index + 1}. ${line(format.labels.map((_, column) => row[column]?.trim() || '–').join(' · '), 400)}`,
          )
          .join('\n'),
      ),
      ...shown.map((index) => columnInput(preview, index)),
      ...rest,
      input(
        'source',
        'Source',
        { type: 'plain_text_input', max_length: 120, initial_value: source },
        {
          hint: 'Where these leads come from; for rows that don’t say it themselves. It decides their rank.',
        },
      ),
    ],
  };
}

/** Where the same file came in before, that is what will happen: nothing. */
function repeatText({ earlier, by, rows }: Preview): string | undefined {
  if (!earlier) return undefined;
  const who = earlier.user_id === by ? 'You' : user(earlier.user_id);
  const same = rows === 1 ? 'Its row is the same' : `All ${number(rows)} rows are the same`;
  const begun = `:repeat: ${who} imported this file ${when(earlier.created_at)}`;
  if (earlier.state === 'running')
    return `${begun}; ${number(earlier.next_row)} of ${number(rows)} rows are read so far. ${same}: nobody is added twice.`;
  return `${begun}: ${inSentence(figures(earlier, false))} ${same}, so nobody who came in then is added again.`;
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
