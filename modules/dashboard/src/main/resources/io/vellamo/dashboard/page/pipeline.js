// The pipeline as a picture: sources, operators and sink, with rates on the edges.

import { svg } from './dom.js';
import { bytes, count, short } from './format.js';

const NODE = { width: 196, height: 74 };
const GAP = 96;
const ROW = 18;

const cut = (text, length) => (text.length > length ? `${text.slice(0, length - 1)}…` : text);

function node(kind, title, fact, x, y) {
  return svg('g', { class: `node ${kind}`, transform: `translate(${x} ${y})` },
    svg('title', {}, `${kind} ${title}`),
    svg('rect', { width: NODE.width, height: NODE.height, rx: 10 }),
    svg('text', { class: 'kind', x: 14, y: 21 }, kind),
    svg('text', { class: 'title-text', x: 14, y: 41 }, cut(title, 24)),
    svg('text', { class: 'fact', x: 14, y: 60 }, cut(fact, 30)));
}

function edge(from, to, rate) {
  const middle = (from.x + to.x) / 2;
  const path = `M${from.x} ${from.y} C${middle} ${from.y} ${middle} ${to.y} ${to.x} ${to.y}`;
  const width = rate > 0 ? Math.min(1.5 + Math.log10(1 + rate), 7) : 1.5;
  const text = rate === null ? '' : `${short(rate)}/s`;
  return svg('g', {},
    svg('path', { class: rate > 0 ? 'edge' : 'edge still', d: path, 'stroke-width': width }),
    svg('text', { class: 'rate', x: middle, y: (from.y + to.y) / 2 - 9 }, text));
}

function sourceFact(source) {
  const lag = Object.values(source.lag ?? {});
  const partitions = source.ranges.length;
  const behind = lag.length > 0 ? `${short(lag.reduce((all, one) => all + one, 0))} behind` : '';
  return [partitions > 0 ? `${partitions} partition${partitions === 1 ? '' : 's'} read` : '', behind].filter(Boolean).join(', ');
}

/** Draws the pipeline of a report into an element. */
export function drawPipeline(element, report, recent) {
  const sources = report.sources.length > 0 ? report.sources : [{ description: 'source', ranges: [] }];
  const height = sources.length * NODE.height + (sources.length - 1) * ROW;
  const center = height / 2;
  const column = (number) => number * (NODE.width + GAP);
  const stages = [
    ...report.operators.map((operator) => ({
      kind: 'operator',
      title: operator.name,
      fact: `${count(operator.state.groups)} groups, ${bytes(operator.state.bytes)}`,
      rows: recent.inputRate * recent.share((all) => all.operators.find(({ name }) => name === operator.name)?.rows ?? 0),
    })),
    { kind: 'sink', title: report.sink, fact: '' },
  ];
  const picture = svg('svg', {
    class: 'pipeline',
    role: 'img',
    'aria-label': `${sources.length} sources, ${report.operators.length} operators, one sink; ${short(recent.inputRate)} events per second`,
    width: column(stages.length) + NODE.width + 2,
    height: height + 2,
    viewBox: `-1 -1 ${column(stages.length) + NODE.width + 2} ${height + 2}`,
  });
  sources.forEach((source, index) => {
    const y = index * (NODE.height + ROW);
    const rate = sources.length === 1 ? recent.inputRate : null;
    picture.append(edge({ x: NODE.width, y: y + NODE.height / 2 }, { x: column(1), y: center }, rate));
    picture.append(node('source', source.description, sourceFact(source), 0, y));
  });
  stages.forEach((stage, index) => {
    if (stage.rows !== undefined) {
      picture.append(edge({ x: column(index + 1) + NODE.width, y: center }, { x: column(index + 2), y: center }, stage.rows));
    }
    picture.append(node(stage.kind, stage.title, stage.fact, column(index + 1), center - NODE.height / 2));
  });
  element.replaceChildren(picture);
}
