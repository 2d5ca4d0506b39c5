import { RichText, emojiText } from './text.js';
import { cx, html, useState } from './ui.js';

const plain = ({ text, elements }) =>
  text ?? elements.flatMap((part) => part.elements.map((one) => one.text ?? '')).join('');
const shown = (cell) =>
  cell.type === 'rich_text' ? html`<${RichText} block=${cell} />` : emojiText(plain(cell));
const { compare } = new Intl.Collator('en', { numeric: true });
const NEXT_ORDER = { none: 'ascending', ascending: 'descending', descending: 'none' };

/** The blocks `table`, as it is, and `data_table`: in pages, and sorted by a click on a heading: up, down, as sent. */
export function Table({ block }) {
  const [head, ...body] = block.rows;
  const [sort, setSort] = useState({ order: 'none' });
  const [wanted, setPage] = useState(0);
  const isData = block.type === 'data_table';
  const orderOf = (column) => (sort.column === column ? sort.order : 'none');
  const sorted = body.toSorted(
    ({ [sort.column]: a = head[0] }, { [sort.column]: b = head[0] }) =>
      a.value - b.value || compare(plain(a), plain(b)),
  );
  const all = { none: body, ascending: sorted, descending: sorted.toReversed() }[sort.order];
  const size = isData ? (block.page_size ?? 5) : all.length;
  const last = Math.ceil(all.length / size) - 1;
  const page = Math.min(wanted, last);
  const rows = all.slice(page * size, (page + 1) * size);
  const turn = (label, to) => html`<button type="button" class="icon-btn" aria-label=${`${label} page`}
    disabled=${to < 0 || to > last} onClick=${() => setPage(to)}>${to < page ? '‹' : '›'}</button>`;
  const isNumeric = (column) =>
    isData && body.every((row) => /^[\s€$£+-]*\d[\d\s.,:]*\s?[%€$£a-z]?$|^–$/i.test(plain(row[column])));
  const look = (column) => {
    const { align, is_wrapped: isWrapped } = block.column_settings?.[column] ?? {};
    return {
      style: align && `text-align:${align}`,
      class: cx(isWrapped && 'is-wrapped', isNumeric(column) && 'is-number'),
    };
  };
  const heading = (
    cell,
    column,
  ) => html`<th scope="col" ...${look(column)} aria-sort=${isData ? orderOf(column) : undefined}>
    ${isData ? html`<button type="button" class="plain sort" onClick=${() => (setPage(0), setSort({ column, order: NEXT_ORDER[orderOf(column)] }))}>${shown(cell)}</button>` : shown(cell)}</th>`;
  const tag = (column) => (isData && column === (block.row_header_column_index ?? 0) ? 'th' : 'td');
  return html`<div><div class="table-wrap box" tabindex="0" role="group" aria-label=${block.caption ?? 'Table'}>
    <table>
      ${isData && html`<caption>${emojiText(block.caption)}</caption>`}
      <thead><tr>${head.map(heading)}</tr></thead>
      <tbody>${rows.map((row) => html`<tr>${row.map((cell, at) => html`<${tag(at)} ...${look(at)}>${shown(cell)}<//>`)}</tr>`)}</tbody>
    </table></div>
    ${last > 0 && html`<div class="row muted small">${turn('Previous', page - 1)}<span>${page * size + 1}–${page * size + rows.length} of ${all.length}</span>${turn('Next', page + 1)}</div>`}
  </div>`;
}
