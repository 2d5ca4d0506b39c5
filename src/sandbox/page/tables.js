import { useState } from 'preact/hooks';
import { emojiText } from './emoji.js';
import { cx, html } from './html.js';
import { RichText } from './rich-text.js';

const plain = (cell) =>
  cell?.type === 'rich_text'
    ? cell.elements
        .flatMap((part) => part.elements)
        .map((one) => one.text ?? one.name ?? '')
        .join('')
    : String(cell?.text ?? '');
const shown = (cell) =>
  cell?.type === 'rich_text' ? html`<${RichText} block=${cell} />` : emojiText(plain(cell));
const isNumeric = (cell) =>
  cell?.type === 'raw_number' || /^([\s€$£+-]*\d[\d\s.,:]*\s?[%€$£a-z]?|–)$/i.test(plain(cell));

/** A table of nodes. `look(column)` are a column's attributes, `headOf(column)` those of its heading. */
export function Grid({ label, caption, head, rows, rowHeader, look = () => ({}), headOf = () => ({}) }) {
  return html`<div class="table-wrap box" tabindex="0" role="group" aria-label=${label}>
    <table>
      ${caption && html`<caption>${caption}</caption>`}
      <thead><tr>
        ${head.map((cell, at) => html`<th scope="col" ...${look(at)} ...${headOf(at)}>${cell}</th>`)}
      </tr></thead>
      <tbody>
        ${rows.map(
          (row) => html`<tr>
          ${row.map((cell, at) =>
            at === rowHeader
              ? html`<th scope="row" ...${look(at)}>${cell}</th>`
              : html`<td ...${look(at)}>${cell}</td>`,
          )}
        </tr>`,
        )}
      </tbody>
    </table>
  </div>`;
}

/** The `table` block: as it is, aligned by `column_settings`. */
export function Table({ block }) {
  const [head, ...rows] = block.rows.map((row) => row.map(shown));
  const look = (column) => {
    const { align = 'left', is_wrapped: isWrapped } = block.column_settings?.[column] ?? {};
    return { style: `text-align:${align}`, class: cx(isWrapped && 'is-wrapped') };
  };
  return html`<${Grid} label="Table" head=${head} rows=${rows} look=${look} />`;
}

function compare(a, b) {
  if (a?.type === 'raw_number' && b?.type === 'raw_number') return a.value - b.value;
  return plain(a).localeCompare(plain(b), 'en', { numeric: true });
}

const NEXT_SORT = { none: 'ascending', ascending: 'descending', descending: 'none' };

/** The `data_table` block: sorted by a click on a heading (up, down, as sent) and paged. */
export function DataTable({ block }) {
  const [head, ...body] = block.rows;
  const [sort, setSort] = useState({ column: -1, order: 'none' });
  const [page, setPage] = useState(0);
  const size = block.page_size ?? 5;
  const pages = Math.ceil(body.length / size);
  const from = Math.min(page, pages - 1) * size;

  const orderOf = (column) => (sort.column === column ? sort.order : 'none');
  const sign = { none: 0, ascending: 1, descending: -1 }[sort.order];
  const sorted = sign ? body.toSorted((a, b) => sign * compare(a[sort.column], b[sort.column])) : body;
  const press = (column) => {
    setPage(0);
    setSort({ column, order: NEXT_SORT[orderOf(column)] });
  };
  const heading = (cell, column) =>
    html`<button type="button" class="plain sort" onClick=${() => press(column)}>${shown(cell)}</button>`;
  const turn = (
    label,
    to,
  ) => html`<button type="button" class="btn btn-small" disabled=${to < 0 || to >= pages}
    onClick=${() => setPage(to)}>${label}</button>`;
  return html`<div>
    <${Grid} label=${block.caption} caption=${emojiText(block.caption)} head=${head.map(heading)}
      rows=${sorted.slice(from, from + size).map((row) => row.map(shown))} rowHeader=${block.row_header_column_index ?? 0}
      look=${(column) => ({ class: cx(body.every((row) => isNumeric(row[column])) && 'is-number') })}
      headOf=${(column) => ({ 'aria-sort': orderOf(column) })} />
    ${
      pages > 1 &&
      html`<div class="row pager muted small">
      <span class="grow">${from + 1}–${Math.min(from + size, body.length)} of ${body.length}</span>
      ${turn('Previous', from / size - 1)} ${turn('Next', from / size + 1)}
    </div>`
    }
  </div>`;
}
