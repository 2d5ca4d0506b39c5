import { useState } from 'preact/hooks';
import { cx, html } from './html.js';
import { emojiText } from './emoji.js';
import { RichText } from './rich-text.js';

const plain = (cell) => {
  if (!cell) return '';
  if (cell.type !== 'rich_text') return cell.text ?? String(cell.value ?? '');
  return cell.elements
    .flatMap((part) => part.elements ?? [])
    .map((element) => element.text ?? element.name ?? '')
    .join('');
};

const Cell = ({ cell }) =>
  cell?.type === 'rich_text' ? html`<${RichText} block=${cell} />` : emojiText(plain(cell));

const isNumeric = (cell) =>
  cell?.type === 'raw_number' || /^[\s€$£+-]*\d[\d\s.,:]*\s?[%€$£a-z]?$/i.test(plain(cell));

/** The `table` block: as it is, aligned by `column_settings`. */
export function Table({ block }) {
  const [head, ...body] = block.rows;
  const settings = block.column_settings ?? [];
  const look = (column) => ({
    style: `text-align:${settings[column]?.align ?? 'left'}`,
    class: settings[column]?.is_wrapped ? 'is-wrapped' : undefined,
  });
  return html`<div class="table-wrap" tabindex="0" role="group" aria-label="Table">
    <table class="table">
      <thead>
        <tr>
          ${head.map((cell, column) => html`<th scope="col" ...${look(column)}><${Cell} cell=${cell} /></th>`)}
        </tr>
      </thead>
      <tbody>
        ${body.map(
          (row) =>
            html`<tr>
              ${row.map((cell, column) => html`<td ...${look(column)}><${Cell} cell=${cell} /></td>`)}
            </tr>`,
        )}
      </tbody>
    </table>
  </div>`;
}

function compare(a, b) {
  if (a?.type === 'raw_number' && b?.type === 'raw_number') return a.value - b.value;
  return plain(a).localeCompare(plain(b), 'en', { numeric: true });
}

/** The `data_table` block: sorted by a click on a heading (up, down, as sent) and paged. */
export function DataTable({ block }) {
  const [head, ...body] = block.rows;
  const [sort, setSort] = useState({ column: -1, down: false });
  const [page, setPage] = useState(0);
  const size = block.page_size ?? 5;
  const pages = Math.max(1, Math.ceil(body.length / size));
  const current = Math.min(page, pages - 1);
  const header = block.row_header_column_index ?? 0;

  const sorted =
    sort.column < 0
      ? body
      : body.toSorted((a, b) => compare(a[sort.column], b[sort.column]) * (sort.down ? -1 : 1));
  const rows = sorted.slice(current * size, (current + 1) * size);
  const numeric = head.map(
    (_, column) =>
      body.length > 0 && body.every((row) => isNumeric(row[column]) || plain(row[column]) === '–'),
  );

  const press = (column) => {
    setPage(0);
    if (sort.column !== column) setSort({ column, down: false });
    else setSort(sort.down ? { column: -1, down: false } : { column, down: true });
  };
  const direction = (column) => (sort.column !== column ? 'none' : sort.down ? 'descending' : 'ascending');
  const last = Math.min((current + 1) * size, body.length);

  return html`<div class="data-table">
    <div class="table-wrap" tabindex="0" role="group" aria-label=${block.caption}>
      <table class="table">
        <caption>
          ${emojiText(block.caption)}
        </caption>
        <thead>
          <tr>
            ${head.map(
              (cell, column) =>
                html`<th
                  scope="col"
                  aria-sort=${direction(column)}
                  class=${cx(numeric[column] && 'is-number')}
                >
                  <button type="button" class="sort" onClick=${() => press(column)}>
                    <${Cell} cell=${cell} /><span class="sort-mark" aria-hidden="true"></span>
                  </button>
                </th>`,
            )}
          </tr>
        </thead>
        <tbody>
          ${rows.map(
            (row) =>
              html`<tr>
                ${row.map((cell, column) =>
                  column === header
                    ? html`<th scope="row" class=${cx(numeric[column] && 'is-number')}>
                        <${Cell} cell=${cell} />
                      </th>`
                    : html`<td class=${cx(numeric[column] && 'is-number')}><${Cell} cell=${cell} /></td>`,
                )}
              </tr>`,
          )}
        </tbody>
      </table>
    </div>
    ${
      pages > 1 &&
      html`<div class="pager">
        <span>${current * size + 1}–${last} of ${body.length}</span>
        <button
          type="button"
          class="btn btn-small"
          disabled=${current === 0}
          onClick=${() => setPage(current - 1)}
        >
          Previous
        </button>
        <button
          type="button"
          class="btn btn-small"
          disabled=${current >= pages - 1}
          onClick=${() => setPage(current + 1)}
        >
          Next
        </button>
      </div>`
    }
  </div>`;
}
