import type { Fields } from './types.ts';
import type { Problems } from './validate-problems.ts';
import { fieldsOf, listOf } from './values.ts';

/** The classic table: at most 100 rows of 20 cells. */
export function checkTable(problems: Problems, block: Fields, at: string): void {
  problems.items(block, 'rows', at, 1, 100);
  checkRows(problems, block, at);
  if (block.column_settings !== undefined) problems.items(block, 'column_settings', at, 0, 20);
}

/** The table with paging, sorting and filtering: a header and up to 200 rows, all of one length. */
export function checkDataTable(problems: Problems, block: Fields, at: string): void {
  problems.string(block, 'caption', at, { required: true });
  problems.items(block, 'rows', at, 2, 201);
  const rows = checkRows(problems, block, at);
  const width = rows[0]?.length ?? 0;
  if (rows.some((row) => row.length !== width))
    problems.add('all rows must have the same length', `${at}/rows`);
  if (rows[0]?.some((cell) => cell.type === 'rich_text') === true) {
    problems.add('rich_text is not allowed in the header', `${at}/rows/0`);
  }
  const { page_size: pageSize, row_header_column_index: header } = block;
  if (pageSize !== undefined && !isWithin(pageSize, 1, 100)) {
    problems.add('must be a number from 1 to 100', `${at}/page_size`);
  }
  if (header !== undefined && !isWithin(header, 0, width - 1)) {
    problems.add('must be the index of a column', `${at}/row_header_column_index`);
  }
}

function checkRows(problems: Problems, block: Fields, at: string): Fields[][] {
  const rows = (Array.isArray(block.rows) ? block.rows : []).map(listOf);
  rows.forEach((row, index) => {
    const here = `${at}/rows/${index}`;
    if (row.length < 1 || row.length > 20) problems.add('must have 1 to 20 cells', here);
    row.forEach((cell, column) => {
      const place = `${here}/${column}`;
      if (cell.type === 'rich_text') return;
      if (cell.type !== 'raw_text' && cell.type !== 'raw_number') {
        return problems.add(`unsupported type: ${String(cell.type)}`, `${place}/type`);
      }
      problems.string(cell, 'text', place, { required: true });
      if (cell.type === 'raw_number' && typeof cell.value !== 'number') {
        problems.add('missing required field: value', place);
      }
    });
  });
  return rows;
}

/** A native chart: lines, bars or areas over categories, or a pie. */
export function checkChart(problems: Problems, block: Fields, at: string): void {
  problems.string(block, 'title', at, { max: 50, required: true });
  const chart = fieldsOf(block.chart);
  const here = `${at}/chart`;
  if (chart.type === 'pie') {
    problems.items(chart, 'segments', here, 1, 12);
    listOf(chart.segments).forEach((segment, index) => {
      checkPoint(problems, segment, `${here}/segments/${index}`);
      if (!(Number(segment.value) > 0))
        problems.add('must be more than 0', `${here}/segments/${index}/value`);
    });
    return;
  }
  if (!['bar', 'line', 'area'].includes(String(chart.type))) {
    return problems.add(`unsupported type: ${String(chart.type)}`, `${here}/type`);
  }
  const axes = fieldsOf(chart.axis_config);
  problems.items(axes, 'categories', `${here}/axis_config`, 1, 20);
  problems.string(axes, 'x_label', `${here}/axis_config`, { max: 50 });
  problems.string(axes, 'y_label', `${here}/axis_config`, { max: 50 });
  const categories: unknown[] = Array.isArray(axes.categories) ? axes.categories : [];
  categories.forEach((name, index) =>
    problems.string({ [index]: name }, String(index), `${here}/axis_config/categories`, { max: 20 }),
  );
  if (new Set(categories).size < categories.length) {
    problems.add('categories must be unique', `${here}/axis_config/categories`);
  }
  problems.items(chart, 'series', here, 1, 6);
  const names = new Set<unknown>();
  listOf(chart.series).forEach((series, index) => {
    const place = `${here}/series/${index}`;
    problems.string(series, 'name', place, { max: 20, required: true });
    if (names.has(series.name)) problems.add('series names must be unique', `${place}/name`);
    names.add(series.name);
    const points = listOf(series.data);
    problems.items(series, 'data', place, 1, 20);
    points.forEach((point, position) => checkPoint(problems, point, `${place}/data/${position}`));
    const labels = new Set(points.map((point) => point.label));
    if (labels.size !== categories.length || !categories.every((name) => labels.has(name))) {
      problems.add('every series must have one value for each category', `${place}/data`);
    }
  });
}

function checkPoint(problems: Problems, point: Fields, at: string): void {
  problems.string(point, 'label', at, { max: 20, required: true });
  if (typeof point.value !== 'number' || !Number.isFinite(point.value)) {
    problems.add('must be a number', `${at}/value`);
  }
}

function isWithin(value: unknown, min: number, max: number): boolean {
  return typeof value === 'number' && Number.isInteger(value) && value >= min && value <= max;
}
