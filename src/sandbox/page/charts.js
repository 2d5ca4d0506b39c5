import { html, useEffect, useRef } from './ui.js';

const COLOURS = ['#4c83de', '#f0973a', '#3aa981', '#d0609d', '#8f72d6', '#a3ac45', '#39a5b8', '#c9704f'];
const dark = matchMedia('(prefers-color-scheme: dark)');

/** Slack's chart as Chart.js wants it, in the colour and font of the page. */
function configOf({ type, segments, series, axis_config: axes = {} }, { color, fontFamily: family }) {
  const labels = axes.categories ?? segments.map(({ label, value }) => `${label}: ${value}`);
  const dataset = ({ name, data }, index) => ({
    label: name,
    data: labels.map((label) => data.find((point) => point.label === label)?.value ?? 0),
    fill: type === 'area',
    borderColor: COLOURS[index],
    backgroundColor: COLOURS[index] + (type === 'area' ? '38' : ''),
    maxBarThickness: 46,
  });
  const ring = {
    data: segments?.map(({ value }) => value),
    backgroundColor: COLOURS,
    borderWidth: 0,
    spacing: 2,
  };
  const points = series?.flatMap(({ data }) => data) ?? [];
  // Leads are counted in whole ones.
  const precision = points.every(({ value }) => Number.isInteger(value)) ? 0 : undefined;
  const axis = (text, grid) => ({
    title: { display: Boolean(text), text },
    grid,
    beginAtZero: true,
    ticks: { maxTicksLimit: 6, precision },
  });
  const legend = {
    display: series?.length !== 1,
    position: segments ? 'right' : 'bottom',
    labels: { boxWidth: 12 },
  };
  const scales = {
    x: { ...axis(axes.x_label, { display: false }), ticks: {} },
    y: axis(axes.y_label, { color: '#8884' }),
  };
  const look = { color, font: { family }, animation: false, maintainAspectRatio: false };
  return {
    type: { area: 'line', pie: 'doughnut' }[type] ?? type,
    data: { labels, datasets: segments ? [ring] : series.map(dataset) },
    options: { ...look, plugins: { legend }, scales: segments ? {} : scales },
  };
}

/** The `data_visualization` block: line, bar, area or pie. The library is fetched with the first chart. */
export function Chart({ block: { title, chart } }) {
  const canvas = useRef(null);
  useEffect(() => {
    let drawn;
    const draw = async () => {
      await import('chart.js');
      drawn?.destroy();
      if (!canvas.current) return;
      const look = getComputedStyle(canvas.current);
      globalThis.Chart.defaults.color = look.color;
      drawn = new globalThis.Chart(canvas.current, configOf(chart, look));
    };
    void draw();
    dark.addEventListener('change', draw);
    return () => (dark.removeEventListener('change', draw), drawn?.destroy());
  }, [JSON.stringify(chart)]);
  const inWords = JSON.stringify(chart.series ?? chart.segments).replace(
    /"(name|label|data|value)":|[[\]{}"]/g,
    ' ',
  );
  return html`<figure class="box pad" data-chart=${chart.type} role="img" aria-label=${`${title}: ${inWords}`}>
    <figcaption>${title}</figcaption><div class="chart muted"><canvas ref=${canvas}></canvas></div>
  </figure>`;
}
