// The places of shards in the heat map: one after the other, or in a cluster by node.

const LEAST_CELL = 9;
const MAX_CELL = 34;
const AREA_HEIGHT = 190;
const LABEL = 22;

/** The group of the shards that no node hosts at the moment. */
export const MOVING = 'between nodes';

/** Returns the host and port of a node. */
export const shortNode = (node) => node.replace(/^.*@/, '');

/** Returns the groups of shards with the indexes of their shards; one without a name if there are no nodes. */
export function byNode(shards, nodes, operator) {
  if (nodes.length === 0) {
    return [{ node: '', members: shards.map((shard, index) => index) }];
  }
  const indexes = new Map(shards.map(({ shard }, index) => [shard, index]));
  const groups = nodes.map((each) => ({
    node: each.node,
    members: (each.shards[operator] ?? []).map((shard) => indexes.get(shard)).filter((index) => index !== undefined),
  }));
  const hosted = new Set(groups.flatMap(({ members }) => members));
  const moving = [...indexes.values()].filter((index) => !hosted.has(index));
  return moving.length > 0 ? [...groups, { node: MOVING, members: moving }] : groups;
}

/** The places of the cells of groups in an area of a width. */
export class HeatLayout {
  constructor(groups, count, width) {
    this.cell = Math.max(LEAST_CELL, Math.min(MAX_CELL, Math.floor(Math.sqrt((width * AREA_HEIGHT) / count))));
    this.columns = Math.max(1, Math.floor(width / this.cell));
    this.x = new Int32Array(count);
    this.y = new Int32Array(count);
    this.nodes = new Array(count).fill('');
    this.order = groups.flatMap(({ members }) => members);
    this.labels = [];
    this.height = 0;
    groups.forEach((group) => this.place(group));
  }

  place({ node, members }) {
    if (node) {
      this.labels.push({ node, y: this.height });
      this.height += LABEL;
    }
    members.forEach((index, position) => {
      this.x[index] = (position % this.columns) * this.cell;
      this.y[index] = this.height + Math.floor(position / this.columns) * this.cell;
      this.nodes[index] = node;
    });
    this.height += Math.ceil(members.length / this.columns) * this.cell;
  }

  /** Returns the index of the shard at a point, or -1. */
  at(x, y) {
    const within = (index) => x >= this.x[index] && x < this.x[index] + this.cell && y >= this.y[index] && y < this.y[index] + this.cell;
    return this.order.find(within) ?? -1;
  }

  /** Returns the index of the shard in a direction of another one; the same if there is none. */
  beside(index, key) {
    const place = this.order.indexOf(index);
    const last = this.order.length - 1;
    if (key === 'Home' || place < 0) {
      return this.order[0];
    }
    if (key === 'End') {
      return this.order[last];
    }
    if (key === 'ArrowLeft' || key === 'ArrowRight') {
      return this.order[Math.max(0, Math.min(last, place + (key === 'ArrowLeft' ? -1 : 1)))];
    }
    return this.above(index, key === 'ArrowUp' ? -1 : 1);
  }

  above(index, direction) {
    const distance = (other) => Math.abs(this.y[other] - this.y[index]) * 1e4 + Math.abs(this.x[other] - this.x[index]);
    const others = this.order.filter((other) => (this.y[other] - this.y[index]) * direction > 0);
    return others.reduce((best, other) => (distance(other) < distance(best) ? other : best), others[0] ?? index);
  }
}
