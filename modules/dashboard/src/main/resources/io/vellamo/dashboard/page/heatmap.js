// Shards as a heat map: skew at a glance, and in a cluster the node of each shard.

import { $, h, setOptions, setText } from './dom.js';
import { bytes, count, duration, millis } from './format.js';
import { byNode, HeatLayout, shortNode } from './heatlayout.js';

const FORMATS = { groups: count, bytes, input: count, call: duration };
const STEPS = 48;
const HOT = STEPS + 1;
const DIMMED = 128;
const color = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();

function mixed(low, high, part) {
  const channel = (text, at) => parseInt(text.slice(1 + 2 * at, 3 + 2 * at), 16);
  const channels = [0, 1, 2].map((at) => Math.round(channel(low, at) + (channel(high, at) - channel(low, at)) * part));
  return `rgb(${channels.join(' ')})`;
}

export class HeatMap {
  constructor() {
    this.shards = {};
    this.nodes = [];
    this.all = [];
    this.values = [];
    this.chosen = '';
    this.cursor = -1;
    this.pending = false;
    this.painted = '';
    $('shards-operator').addEventListener('change', () => this.draw());
    $('shards-metric').addEventListener('change', () => this.draw());
    const canvas = $('heat');
    ['pointermove', 'pointerdown'].forEach((type) => canvas.addEventListener(type, (event) => this.point(event)));
    canvas.addEventListener('pointerleave', () => this.summary());
    canvas.addEventListener('keydown', (event) => this.press(event));
    canvas.addEventListener('focus', () => this.focus());
    canvas.addEventListener('blur', () => this.focus());
    new ResizeObserver(() => this.draw()).observe(canvas.parentElement);
  }

  show({ operators, nodes }) {
    this.shards = operators;
    this.nodes = nodes ?? [];
    const names = Object.keys(operators);
    $('shards').hidden = names.length === 0;
    setOptions($('shards-operator'), names);
    this.draw();
  }

  /** Draws with the next frame, however often it is asked to. */
  draw() {
    if (!this.pending) {
      this.pending = true;
      requestAnimationFrame(() => {
        this.pending = false;
        this.redraw();
      });
    }
  }

  redraw() {
    const operator = $('shards-operator').value;
    const width = $('heat').parentElement.clientWidth - 42;
    this.all = this.shards[operator] ?? [];
    if (this.all.length === 0 || width <= 0) {
      return;
    }
    const metric = $('shards-metric').value;
    this.values = this.all.map((shard) => (metric === 'call' ? millis(shard.call) : shard[metric]));
    const groups = byNode(this.all, this.nodes, operator);
    this.showNodes(groups);
    this.paint(groups, width);
    this.summary();
  }

  /** Paints the cells whose colors differ from those on the screen; all if their places do. */
  paint(groups, width) {
    const ratio = window.devicePixelRatio || 1;
    const colors = ['--heat-low', '--heat-high', '--heat-hot', '--muted', '--ink'].map(color);
    const state = JSON.stringify([width, ratio, colors, groups]);
    if (state !== this.painted) {
      this.painted = state;
      this.begin(groups, width, ratio, colors);
    }
    const max = Math.max(...this.values, 1e-9);
    const mean = this.mean();
    this.values.forEach((value, index) => {
      // A shard with twice the mean or more is hot, whatever the others have.
      const tone = value > 2 * mean && this.values.length > 1 ? HOT : Math.round((value / max) * STEPS);
      const dimmed = this.chosen && this.layout.nodes[index] !== this.chosen ? DIMMED : 0;
      if (this.tones[index] !== tone + dimmed) {
        this.tones[index] = tone + dimmed;
        this.fill(index);
      }
    });
  }

  /** Begins a picture with other places, another size or other colors. */
  begin(groups, width, ratio, [low, high, hot, muted, ink]) {
    const canvas = $('heat');
    this.layout = new HeatLayout(groups, this.values.length, width);
    this.palette = [...Array.from({ length: STEPS + 1 }, (none, step) => mixed(low, high, step / STEPS)), hot];
    this.ink = ink;
    this.tones = new Int16Array(this.values.length).fill(-1);
    this.cursor = Math.min(this.cursor, this.values.length - 1);
    canvas.width = width * ratio;
    canvas.height = this.layout.height * ratio;
    canvas.style.height = `${this.layout.height}px`;
    canvas.style.width = `${width}px`;
    this.context = canvas.getContext('2d');
    this.context.scale(ratio, ratio);
    this.context.font = '12px system-ui, sans-serif';
    this.context.fillStyle = muted;
    this.layout.labels.forEach(({ node, y }) => this.context.fillText(shortNode(node), 1, y + 15));
  }

  fill(index) {
    const { layout, context } = this;
    const [x, y, size] = [layout.x[index], layout.y[index], layout.cell];
    const tone = this.tones[index];
    context.clearRect(x, y, size, size);
    context.globalAlpha = tone >= DIMMED ? 0.25 : 1;
    context.fillStyle = this.palette[tone % DIMMED];
    context.fillRect(x + 1, y + 1, size - 2, size - 2);
    context.globalAlpha = 1;
    if (index === this.cursor && document.activeElement === $('heat')) {
      context.strokeStyle = this.ink;
      context.lineWidth = 2;
      context.strokeRect(x + 1, y + 1, size - 2, size - 2);
    }
  }

  /** Shows the nodes with their parts; a press on one dims the shards of the others. */
  showNodes(groups) {
    const named = groups.filter(({ node }) => node);
    if (!named.some(({ node }) => node === this.chosen)) {
      this.chosen = '';
    }
    const total = this.values.reduce((all, value) => all + value, 0);
    const names = JSON.stringify(named.map(({ node }) => node));
    if ($('heat-nodes').dataset.names !== names) {
      $('heat-nodes').dataset.names = names;
      $('heat-nodes').hidden = named.length === 0;
      $('heat-nodes').replaceChildren(...named.map(({ node }) => h('li', {}, h('button', { type: 'button', class: 'quiet', 'data-node': node, 'aria-pressed': 'false', onclick: () => this.choose(node) }))));
    }
    [...$('heat-nodes').querySelectorAll('button')].forEach((button, at) => {
      const part = named[at].members.reduce((all, index) => all + this.values[index], 0);
      const share = total > 0 ? `, ${Math.round((100 * part) / total)} %` : '';
      const text = `${shortNode(named[at].node)}: ${count(named[at].members.length)} shards${share}`;
      if (button.textContent !== text) {
        button.textContent = text;
      }
      button.setAttribute('aria-pressed', String(named[at].node === this.chosen));
    });
  }

  choose(node) {
    this.chosen = this.chosen === node ? '' : node;
    this.draw();
  }

  mean() {
    return this.values.reduce((all, value) => all + value, 0) / this.values.length;
  }

  text(index) {
    const node = this.layout.nodes[index];
    return `shard ${this.all[index].shard}${node ? ` on ${shortNode(node)}` : ''}: ${FORMATS[$('shards-metric').value](this.values[index])}`;
  }

  summary() {
    if (this.values.length === 0 || (this.cursor >= 0 && document.activeElement === $('heat'))) {
      return;
    }
    const top = this.values.reduce((most, value, index) => (value > this.values[most] ? index : most), 0);
    const mean = this.mean();
    const skew = mean > 0 ? (this.values[top] / mean).toFixed(2) : '–';
    const on = this.nodes.length > 0 ? ` on ${count(this.nodes.length)} nodes` : '';
    this.say(`${count(this.values.length)} shards${on}; the largest, ${this.text(top)}, has ${skew} times the mean. Red: more than twice the mean.`);
  }

  say(text) {
    setText('heat-text', text);
    $('heat').setAttribute('aria-label', text);
  }

  point(event) {
    const index = this.layout ? this.layout.at(event.offsetX, event.offsetY) : -1;
    if (index >= 0) {
      setText('heat-text', this.text(index));
    }
  }

  focus() {
    if (this.cursor >= 0 && this.layout) {
      this.fill(this.cursor);
    }
    this.summary();
  }

  press(event) {
    if (this.layout && /^(Arrow(Left|Right|Up|Down)|Home|End)$/.test(event.key)) {
      event.preventDefault();
      const before = this.cursor;
      this.cursor = this.layout.beside(before, event.key);
      [before, this.cursor].filter((index) => index >= 0).forEach((index) => this.fill(index));
      this.say(this.text(this.cursor));
    }
  }
}
