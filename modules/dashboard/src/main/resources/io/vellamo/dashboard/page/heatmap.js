// Shards as a heat map: skew at a glance.

import { $, setOptions, setText } from './dom.js';
import { bytes, count, duration, millis } from './format.js';

const LEAST_CELL = 9;
const MAX_CELL = 34;
const color = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
const FORMATS = { groups: count, bytes, input: count, call: duration };

function mixed(low, high, part) {
  const channel = (text, at) => parseInt(text.slice(1 + 2 * at, 3 + 2 * at), 16);
  const channels = [0, 1, 2].map((at) => Math.round(channel(low, at) + (channel(high, at) - channel(low, at)) * part));
  return `rgb(${channels.join(' ')})`;
}

export class HeatMap {
  constructor() {
    this.shards = {};
    this.grid = { columns: 1, cell: 1, values: [] };
    $('shards-operator').addEventListener('change', () => this.draw());
    $('shards-metric').addEventListener('change', () => this.draw());
    $('heat').addEventListener('pointermove', (event) => this.point(event));
    $('heat').addEventListener('pointerleave', () => this.summary());
    new ResizeObserver(() => this.draw()).observe($('heat').parentElement);
  }

  show(shards) {
    this.shards = shards;
    const operators = Object.keys(shards);
    $('shards').hidden = operators.length === 0;
    setOptions($('shards-operator'), operators);
    this.draw();
  }

  draw() {
    const all = this.shards[$('shards-operator').value] ?? [];
    const canvas = $('heat');
    const width = canvas.parentElement.clientWidth - 42;
    if (all.length === 0 || width <= 0) {
      return;
    }
    const metric = $('shards-metric').value;
    const values = all.map((shard) => ({ shard: shard.shard, value: metric === 'call' ? millis(shard.call) : shard[metric] }));
    const cell = Math.max(LEAST_CELL, Math.min(MAX_CELL, Math.floor(Math.sqrt((width * 190) / values.length))));
    const columns = Math.max(1, Math.floor(width / cell));
    this.grid = { columns, cell, values };
    this.paint(canvas, Math.ceil(values.length / columns) * cell, width);
    this.summary();
  }

  paint(canvas, height, width) {
    const ratio = window.devicePixelRatio || 1;
    canvas.width = width * ratio;
    canvas.height = height * ratio;
    canvas.style.height = `${height}px`;
    canvas.style.width = `${width}px`;
    const context = canvas.getContext('2d');
    context.scale(ratio, ratio);
    const { columns, cell, values } = this.grid;
    const max = Math.max(...values.map(({ value }) => value), 1e-9);
    const mean = this.mean();
    const [low, high, hot] = [color('--heat-low'), color('--heat-high'), color('--heat-hot')];
    values.forEach(({ value }, index) => {
      // A shard with twice the mean or more is hot, whatever the others have.
      context.fillStyle = value > 2 * mean && values.length > 1 ? hot : mixed(low, high, value / max);
      context.fillRect((index % columns) * cell + 1, Math.floor(index / columns) * cell + 1, cell - 2, cell - 2);
    });
  }

  mean() {
    const { values } = this.grid;
    return values.reduce((all, { value }) => all + value, 0) / values.length;
  }

  text({ shard, value }) {
    return `shard ${shard}: ${FORMATS[$('shards-metric').value](value)}`;
  }

  summary() {
    const { values } = this.grid;
    if (values.length === 0) {
      return;
    }
    const top = values.reduce((most, one) => (one.value > most.value ? one : most), values[0]);
    const mean = this.mean();
    const skew = mean > 0 ? (top.value / mean).toFixed(2) : '–';
    const text = `${count(values.length)} shards; the largest, ${this.text(top)}, has ${skew} times the mean. Red: more than twice the mean.`;
    setText('heat-text', text);
    $('heat').setAttribute('aria-label', text);
  }

  point(event) {
    const { columns, cell, values } = this.grid;
    const column = Math.floor(event.offsetX / cell);
    const at = Math.floor(event.offsetY / cell) * columns + column;
    if (column < columns && values[at]) {
      setText('heat-text', this.text(values[at]));
    }
  }
}
