import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import { html } from './html.js';

const COLOURS = [1, 2, 3, 4, 5, 6].map((index) => `var(--chart-${index})`);
const short = (value) =>
  new Intl.NumberFormat('en-US', {
    notation: Math.abs(value) >= 10_000 ? 'compact' : 'standard',
    maximumFractionDigits: 2,
  }).format(value);

/** About four round steps that cover the values and zero. */
function scale(values) {
  const low = Math.min(0, ...values);
  const high = Math.max(0, ...values);
  const raw = (high - low || 1) / 4;
  const power = 10 ** Math.floor(Math.log10(raw));
  const whole = values.every(Number.isInteger);
  const step = [1, 2, 2.5, 5, 10]
    .map((factor) => factor * power)
    .find((candidate) => candidate >= raw && (!whole || Number.isInteger(candidate)));
  const from = Math.floor(low / step) * step;
  const to = Math.ceil(high / step) * step || step;
  const ticks = Array.from({ length: Math.round((to - from) / step) + 1 }, (_, index) => from + index * step);
  return { from, to, ticks };
}

function useWidth() {
  const ref = useRef(null);
  const [width, setWidth] = useState(480);
  useLayoutEffect(() => {
    const observer = new ResizeObserver(([entry]) =>
      setWidth(Math.max(220, Math.floor(entry.contentRect.width))),
    );
    observer.observe(ref.current);
    return () => observer.disconnect();
  }, []);
  return [ref, width];
}

const Legend = ({ entries }) =>
  html`<ul class="legend">
    ${entries.map(
      ({ name, note }, index) =>
        html`<li>
          <i style=${`background:${COLOURS[index % 6]}`}></i>${name} ${note && html`<b>${note}</b>`}
        </li>`,
    )}
  </ul>`;

function Pie({ segments, width }) {
  const total = segments.reduce((sum, segment) => sum + segment.value, 0);
  const size = Math.min(200, width - 20);
  const radius = size / 2 - 2;
  const hole = radius * 0.56;
  let turn = -Math.PI / 2;
  const point = (angle, r) =>
    `${(radius + r * Math.cos(angle)).toFixed(2)} ${(radius + r * Math.sin(angle)).toFixed(2)}`;
  const slices = segments.map((segment, index) => {
    // A full circle has no arc: a hair less than one keeps a single segment visible.
    const sweep = Math.min((segment.value / total) * 2 * Math.PI, 2 * Math.PI - 1e-4);
    const [from, to] = [turn, turn + sweep];
    turn = to;
    const large = sweep > Math.PI ? 1 : 0;
    const outer = `M${point(from, radius)}A${radius} ${radius} 0 ${large} 1 ${point(to, radius)}`;
    const d = `${outer}L${point(to, hole)}A${hole} ${hole} 0 ${large} 0 ${point(from, hole)}Z`;
    return html`<path d=${d} fill=${COLOURS[index % 6]} class="slice"
      ><title>${segment.label}: ${short(segment.value)}</title></path
    >`;
  });
  const share = (value) => `${short(value)} (${Math.round((value / total) * 100)}%)`;
  return html`<div class="pie">
    <svg width=${size} height=${size} viewBox=${`-2 -2 ${size} ${size}`} aria-hidden="true">
      ${slices}
      <text x=${radius} y=${radius} class="pie-total" text-anchor="middle" dominant-baseline="central">
        ${short(total)}
      </text>
    </svg>
    <${Legend} entries=${segments.map((segment) => ({ name: segment.label, note: share(segment.value) }))} />
  </div>`;
}

function Plot({ chart, width }) {
  const config = chart.axis_config ?? {};
  const categories = config.categories ?? chart.series[0].data.map((point) => point.label);
  const series = chart.series.map(({ name, data }) => ({
    name,
    values: categories.map(
      (label, index) => data.find((point) => point.label === label)?.value ?? data[index]?.value ?? 0,
    ),
  }));
  const { from, to, ticks } = scale(series.flatMap(({ values }) => values));
  const height = 230;
  const left = 14 + Math.max(...ticks.map((tick) => short(tick).length)) * 7 + (config.y_label ? 18 : 0);
  const right = 10;
  const slot = (width - left - right) / categories.length;
  const longest = Math.max(...categories.map((label) => label.length)) * 6.6;
  const slanted = longest > slot && slot < 90;
  const bottom = (slanted ? Math.min(76, 16 + longest * 0.62) : 24) + (config.x_label ? 18 : 0);
  const y = (value) => 10 + (1 - (value - from) / (to - from)) * (height - 10 - bottom);
  const x = (index) => left + slot * (index + 0.5);

  const grid = ticks.map(
    (tick) =>
      html`<g
        ><line
          x1=${left}
          x2=${width - right}
          y1=${y(tick)}
          y2=${y(tick)}
          class=${tick === 0 ? 'axis' : 'grid'}
        />
        <text x=${left - 8} y=${y(tick)} text-anchor="end" dominant-baseline="central"
          >${short(tick)}</text
        ></g
      >`,
  );
  const labels = categories.map((label, index) => {
    const at = { x: x(index), y: height - bottom + 16 };
    return slanted
      ? html`<text ...${at} text-anchor="end" transform=${`rotate(-38 ${at.x} ${at.y - 4})`}>${label}</text>`
      : html`<text ...${at} text-anchor="middle">${label}</text>`;
  });
  const bars = () => {
    const wide = Math.min(46, (slot * 0.72) / series.length);
    return series.map(({ name, values }, row) =>
      values.map((value, index) => {
        const top = Math.min(y(value), y(0));
        const start = x(index) - (wide * series.length) / 2 + wide * row;
        return html`<rect
          x=${start + 1}
          y=${top}
          width=${Math.max(2, wide - 2)}
          height=${Math.max(1, Math.abs(y(value) - y(0)))}
          rx="2"
          fill=${COLOURS[row % 6]}
          ><title>${categories[index]}, ${name}: ${short(value)}</title></rect
        >`;
      }),
    );
  };
  const lines = (filled) =>
    series.map(({ name, values }, row) => {
      const path = values
        .map((value, index) => `${index ? 'L' : 'M'}${x(index).toFixed(1)} ${y(value).toFixed(1)}`)
        .join('');
      const colour = COLOURS[row % 6];
      return html`<g>
        ${filled && html`<path d=${`${path}L${x(values.length - 1)} ${y(0)}L${x(0)} ${y(0)}Z`} fill=${colour} class="area" />`}
        <path d=${path} fill="none" stroke=${colour} stroke-width="2.25" stroke-linejoin="round" />
        ${values.map(
          (value, index) =>
            html`<circle cx=${x(index)} cy=${y(value)} r="3.2" fill=${colour}>
              <title>${categories[index]}, ${name}: ${short(value)}</title></circle
            >`,
        )}
      </g>`;
    });
  const middle = (height - bottom) / 2;
  return html` <svg width=${width} height=${height} aria-hidden="true">
      ${grid}${chart.type === 'bar' ? bars() : lines(chart.type === 'area')}${labels}
      <text x=${(left + width) / 2} y=${height - 4} class="axis-label">${config.x_label}</text>
      <text x="12" y=${middle} class="axis-label" transform=${`rotate(-90 12 ${middle})`}>
        ${config.y_label}
      </text>
    </svg>
    ${series.length > 1 && html`<${Legend} entries=${series.map(({ name }) => ({ name }))} />`}`;
}

/** The whole chart in one sentence, for those who can't see it. */
function describe({ title, chart }) {
  if (chart.type === 'pie')
    return `${title}. ${chart.segments.map(({ label, value }) => `${label} ${value}`).join(', ')}`;
  const rows = chart.series.map(
    ({ name, data }) => `${name}: ${data.map(({ label, value }) => `${label} ${value}`).join(', ')}`,
  );
  return `${title}. ${rows.join('. ')}`;
}

/** The `data_visualization` block: line, bar, area or pie. */
export function Chart({ block }) {
  const [ref, width] = useWidth();
  const { chart } = block;
  return html`<figure class="chart" data-chart=${chart.type} role="img" aria-label=${describe(block)}>
    <figcaption>${block.title}</figcaption>
    <div ref=${ref}>
      ${
        chart.type === 'pie'
          ? html`<${Pie} segments=${chart.segments} width=${width} />`
          : html`<${Plot} chart=${chart} width=${width} />`
      }
    </div>
  </figure>`;
}
