// The figures of a query's epochs over time, bounded.

import { millis } from './format.js';

const MAX_POINTS = 900;
/** Below this, the time between two epochs says little about a rate. */
const LEAST_MILLIS = 50;

export const PHASES = ['plan', 'read', 'functions', 'journal', 'route', 'sink', 'commit'];

/** Divides the time in shards by what their functions and journals took. */
function phases(report) {
  const { phases: given } = report;
  if (!given) {
    return { functions: millis(report.duration) };
  }
  const sum = (name) => report.operators.reduce((all, operator) => all + millis(operator[name]), 0);
  const call = sum('call');
  const persist = sum('persist');
  const part = call + persist > 0 ? call / (call + persist) : 1;
  const process = millis(given.process);
  return {
    plan: millis(given.plan),
    read: millis(given.read),
    functions: process * part,
    journal: process * (1 - part),
    route: millis(given.route),
    sink: millis(given.sink),
    commit: millis(given.commit),
  };
}

export class Series {
  constructor() {
    this.points = [];
  }

  get last() {
    return this.points.at(-1);
  }

  /** Adds a report unless it is not newer than the last one; a new run begins anew. */
  add(report) {
    const { last } = this;
    if (last && last.report.runId !== report.runId) {
      this.points = [];
    } else if (last && report.epoch <= last.report.epoch) {
      return false;
    }
    this.points.push(this.point(report, this.last));
    if (this.points.length > MAX_POINTS) {
      this.points.shift();
    }
    return true;
  }

  point(report, before) {
    const at = Date.parse(report.timestamp);
    const elapsed = before ? at - before.at : 0;
    const own = Math.max(millis(report.duration), 1) / 1000;
    // Epochs may be missing between two reports; the totals count them nevertheless.
    const inputRate = elapsed >= LEAST_MILLIS
      ? ((report.total.input - before.report.total.input) * 1000) / elapsed
      : report.events.input / own;
    const rowsRate = report.events.input > 0 ? inputRate * (report.rows / report.events.input) : report.rows / own;
    return {
      at: before ? Math.max(at, before.at + 1) : at,
      report,
      inputRate,
      rowsRate,
      gap: report.watermark ? (at - Date.parse(report.watermark)) / 1000 : null,
      phases: phases(report),
    };
  }

  /** Returns the rate of input over the last points, and the rows for each input event. */
  recent(points = 20) {
    const window = this.points.slice(-points);
    const first = window[0];
    const { last } = this;
    if (!last) {
      return { inputRate: 0, share: () => 0 };
    }
    const elapsed = last.at - first.at;
    const inputRate = elapsed >= LEAST_MILLIS
      ? ((last.report.total.input - first.report.total.input) * 1000) / elapsed
      : last.inputRate;
    const input = window.reduce((all, { report }) => all + report.events.input, 0);
    const share = (figure) => (input > 0 ? window.reduce((all, { report }) => all + figure(report), 0) / input : 0);
    return { inputRate, share };
  }
}
