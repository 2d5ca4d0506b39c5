import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import { html } from './html.js';

const colour = (index) => `var(--chart-${(index % 6) + 1})`;
const short = (value) =>
  new Intl.NumberFormat('en-US', {
    notation: Math.abs(value) >= 10_000 ? 'compact' : 'standard',
    maximumFractionDigits: 2,
  }).format(value);

/** About four round steps that cover the values and zero; whole ones for whole values. */
function ticksFor(values) {
  const [low, high] = [Math.min(0, ...values), Math.max(0, ...values)];
  const raw = (high - low || 1) / 4;
  const power = 10 ** Math.floor(Math.log10(raw));
  const isWhole = values.every(Number.isInteger);
  const steps = [1, 2, 2.5, 5, 10].map((factor) => factor * power);
  const step = steps.find((one) => one >= raw && (!isWhole || Number.isInteger(one))) ?? 1;
  const from = Math.floor(low / step);
  const count = Math.max(1, Math.ceil(high / step) - from);
  return Array.from({ length: count + 1 }, (_, index) => (from + index) * step);
}

const Legend = ({ entries }) => html`<div class="row wrap small">
  ${entries.map(
    ({ name, note }, index) =>
      html`<span><i class="swatch" style=${`background:${colour(index)}`}></i> ${name} ${note && html`<b>${note}</b>`}</span>`,
  )}
</div>`;

/** A ring: each segment is a dashed stroke of its share, on a circle with a circumference of 100. */
function Pie({ segments }) {
  const total = segments.reduce((sum, { value }) => sum + value, 0);
  let start = 25;
  const arcs = segments.map(({ label, value }, index) => {
    const share = (value / total) * 100;
    const arc = html`<circle cx="21" cy="21" r="15.915" fill="none" stroke=${colour(index)} stroke-width="8"
      stroke-dasharray=${`${share * 0.99} ${100 - share * 0.99}`} stroke-dashoffset=${start}
      ><title>${label}: ${short(value)}</title></circle>`;
    start -= share;
    return arc;
  });
  const note = (value) => `${short(value)} (${Math.round((value / total) * 100)}%)`;
  return html`<div class="row wrap">
    <svg width="190" height="190" viewBox="0 0 42 42" aria-hidden="true">
      ${arcs}<text x="21" y="21" class="pie-total">${short(total)}</text>
    </svg>
    <${Legend} entries=${segments.map(({ label, value }) => ({ name: label, note: note(value) }))} />
  </div>`;
}

const HEIGHT = 230;

function Plot({ chart, width }) {
  const { categories, x_label: xLabel, y_label: yLabel } = chart.axis_config;
  const series = chart.series.map(({ name, data }) => ({
    name,
    values: categories.map((label) => data.find((point) => point.label === label)?.value ?? 0),
  }));
  const ticks = ticksFor(series.flatMap(({ values }) => values));
  const left = 14 + Math.max(...ticks.map((tick) => short(tick).length)) * 7 + (yLabel ? 18 : 0);
  const slot = (width - left - 10) / categories.length;
  const longest = Math.max(...categories.map((label) => label.length)) * 6.8;
  const isSlanted = longest > slot - 4;
  const bottom = (isSlanted ? Math.min(84, 18 + longest * 0.62) : 24) + (xLabel ? 18 : 0);
  const x = (index) => left + slot * (index + 0.5);
  const y = (value) => 10 + (1 - (value - ticks[0]) / (ticks.at(-1) - ticks[0])) * (HEIGHT - 10 - bottom);

  const grid = ticks.map(
    (tick) => html`<line x1=${left} x2=${width - 10} y1=${y(tick)} y2=${y(tick)}
      /><text x=${left - 8} y=${y(tick) + 4} class="end">${short(tick)}</text>`,
  );
  // A slanted label has room for about fifteen characters, less at the very left; the title has all of them.
  const labels = categories.map((label, index) => {
    const room = isSlanted ? Math.min(15, Math.floor((x(index) - 4) / 5.4)) : 20;
    const [at, turn] = [HEIGHT - bottom + 16, isSlanted && `rotate(-38 ${x(index)} ${HEIGHT - bottom + 12})`];
    return html`<text x=${x(index)} y=${at} transform=${turn || undefined} class=${isSlanted && 'end'}
      >${label.length > room ? `${label.slice(0, room - 1)}…` : label}<title>${label}</title></text>`;
  });
  const titleOf = (name, index, value) => html`<title>${categories[index]}, ${name}: ${short(value)}</title>`;
  const wide = Math.min(46, (slot * 0.72) / series.length);
  const bars = ({ name, values }, row) =>
    values.map(
      (value, index) => html`<rect fill=${colour(row)} rx="2"
    x=${x(index) + wide * (row - series.length / 2) + 1} y=${Math.min(y(value), y(0))} width=${Math.max(2, wide - 2)}
    height=${Math.max(1, Math.abs(y(value) - y(0)))}>${titleOf(name, index, value)}</rect>`,
    );
  const line = ({ name, values }, row) => {
    const points = values.map((value, index) => `${x(index)} ${y(value)}`).join('L');
    return html`
      ${
        chart.type === 'area' &&
        html`<path class="area" fill=${colour(row)}
        d=${`M${points}L${x(values.length - 1)} ${y(0)}L${x(0)} ${y(0)}Z`} />`
      }
      <path d=${`M${points}`} fill="none" stroke=${colour(row)} stroke-width="2.25" />
      ${values.map(
        (value, index) => html`<circle cx=${x(index)} cy=${y(value)} r="3.2" fill=${colour(row)}
        >${titleOf(name, index, value)}</circle>`,
      )}`;
  };
  const middle = (HEIGHT - bottom) / 2;
  return html`<svg width=${width} height=${HEIGHT} aria-hidden="true">
      ${grid}${series.map(chart.type === 'bar' ? bars : line)}${labels}
      <text x=${(left + width) / 2} y=${HEIGHT - 4}>${xLabel}</text>
      <text x="12" y=${middle} transform=${`rotate(-90 12 ${middle})`}>${yLabel}</text>
    </svg>
    ${series.length > 1 && html`<${Legend} entries=${series} />`}`;
}

/** The whole chart in a sentence, for those who can't see it. */
function describe({ title, chart }) {
  const points = (data) => data.map(({ label, value }) => `${label} ${value}`).join(', ');
  const rows = chart.segments
    ? [points(chart.segments)]
    : chart.series.map(({ name, data }) => `${name}: ${points(data)}`);
  return `${title}. ${rows.join('. ')}`;
}

/** The `data_visualization` block: line, bar, area or pie. */
export function Chart({ block }) {
  const { title, chart } = block;
  const ref = useRef(null);
  const [width, setWidth] = useState(480);
  useLayoutEffect(() => {
    const observer = new ResizeObserver(([{ contentRect }]) =>
      setWidth(Math.max(220, Math.floor(contentRect.width))),
    );
    observer.observe(ref.current);
    return () => observer.disconnect();
  }, []);
  return html`<figure class="chart box pad" data-chart=${chart.type} role="img" aria-label=${describe(block)}>
    <figcaption>${title}</figcaption>
    <div ref=${ref}>
      ${chart.type === 'pie' ? html`<${Pie} segments=${chart.segments} />` : html`<${Plot} chart=${chart} width=${width} />`}
    </div>
  </figure>`;
}
