// The plots, on one time axis: pointing at one points at all.

import { bytes, duration, short } from './format.js';
import { PHASES } from './series.js';

const HEIGHT = 132;
const AXIS_WIDTH = 72;
const color = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
const series = (number) => color(`--series-${number}`);

const clock = (seconds) => new Date(seconds * 1000).toLocaleTimeString('en-GB');
const gapText = (seconds) => duration(seconds * 1000);

function axes(format, second) {
  const common = { stroke: color('--muted'), font: '11px system-ui, sans-serif', ticks: { show: false } };
  const grid = { stroke: color('--line'), width: 1 };
  const all = [
    { ...common, grid: { show: false }, space: 90, size: 26, values: (plot, values) => values.map(clock) },
    { ...common, grid, size: AXIS_WIDTH, space: 34, values: (plot, values) => values.map(format) },
  ];
  // The right side is kept free in every plot, so that all time axes are aligned.
  all.push({ ...common, side: 1, scale: second ? second.scale : 'y', grid: { show: false }, size: AXIS_WIDTH, space: 34,
    values: (plot, values) => values.map((value) => (second ? second.format(value) : '')) });
  return all;
}

const zeroBased = { range: (plot, min, max) => [Math.min(0, min ?? 0), max > 0 ? max * 1.08 : 1] };

const line = (label, number, format, more = {}) => ({
  label, stroke: series(number), width: 1.75, points: { show: false },
  value: (plot, value) => (value === null || value === undefined ? '–' : format(value)), ...more,
});

function phaseSeries(chart) {
  // Drawn from the whole to the first phase, each over the former.
  return [...PHASES].map((phase, index) => ({
    label: phase,
    stroke: series(index + 1),
    fill: series(index + 1),
    width: 0,
    points: { show: false },
    paths: window.uPlot.paths.stepped({ align: -1 }),
    value: (plot, value, seriesIndex, at) => (at === null ? '–' : duration(chart.points[at].phases[phase] ?? 0)),
  })).reverse();
}

const CHARTS = {
  rates: {
    scales: { y: zeroBased },
    axes: () => axes(short),
    series: () => [line('events/s', 1, short, { fill: `${series(1)}22` }), line('rows/s', 2, short)],
    data: (points) => [points.map((point) => point.inputRate), points.map((point) => point.rowsRate)],
  },
  phases: {
    scales: { y: zeroBased },
    axes: () => axes(short),
    series: phaseSeries,
    data: (points) => {
      const sums = points.map(() => 0);
      return PHASES.map((phase) => points.map((point, at) => {
        sums[at] += point.phases[phase] ?? 0;
        return sums[at];
      })).reverse();
    },
  },
  gap: {
    scales: { y: zeroBased },
    axes: () => axes(gapText),
    series: () => [line('gap', 4, gapText, { fill: `${series(4)}22` })],
    data: (points) => [points.map((point) => point.gap)],
  },
  state: {
    scales: { y: zeroBased, bytes: zeroBased },
    axes: () => axes(short, { scale: 'bytes', format: bytes }),
    series: () => [line('groups', 3, short), line('bytes', 6, bytes, { scale: 'bytes', dash: [5, 4] })],
    data: (points) => [points.map(({ report }) => report.state.groups), points.map(({ report }) => report.state.bytes)],
  },
};

export class Charts {
  constructor() {
    this.points = [];
    this.plots = [];
    new ResizeObserver(() => this.resize()).observe(document.getElementById('chart-rates'));
  }

  /** Builds the plots, also anew after a change of colors. */
  build() {
    this.plots.forEach(({ plot }) => plot.destroy());
    this.plots = Object.entries(CHARTS).map(([name, chart]) => {
      const element = document.getElementById(`chart-${name}`);
      const plot = new window.uPlot({
        width: element.clientWidth || 600,
        height: HEIGHT,
        padding: [8, 0, 0, 0],
        cursor: { sync: { key: 'time' }, y: false, drag: { x: false, y: false } },
        scales: { x: { time: true }, ...chart.scales },
        axes: chart.axes(),
        series: [{ value: (self, value) => (value ? clock(value) : '–') }, ...chart.series(this)],
      }, this.data(chart), element);
      return { plot, chart };
    });
  }

  data(chart) {
    return [this.points.map((point) => point.at / 1000), ...chart.data(this.points)];
  }

  show(points) {
    this.points = points;
    if (this.plots.length === 0) {
      this.build();
    }
    this.plots.forEach(({ plot, chart }) => plot.setData(this.data(chart)));
  }

  resize() {
    this.plots.forEach(({ plot }) => {
      const width = plot.root.parentElement.clientWidth;
      if (width > 0 && width !== plot.width) {
        plot.setSize({ width, height: HEIGHT });
      }
    });
  }
}
