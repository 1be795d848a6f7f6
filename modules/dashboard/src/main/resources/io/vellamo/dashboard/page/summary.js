// What stands on top of a query's page: health, guarantee, and the account of all events.

import { $, h, setOptions, setText } from './dom.js';
import { bytes, count, duration, millis, plural, short, time } from './format.js';

const CLASSES = { HEALTHY: 'good', DEGRADED: 'warn', UNHEALTHY: 'bad', ENDED: 'plain' };
const GUARANTEES = { EXACTLY_ONCE: 'exactly once', AT_LEAST_ONCE: 'at least once' };

/** Returns the health that the server tells. */
export function healthOf(query) {
  if (!query.active) {
    return query.failure ? 'UNHEALTHY' : 'ENDED';
  }
  return query.health?.state ?? (query.status.outage ? 'DEGRADED' : 'HEALTHY');
}

export const healthClass = (query) => CLASSES[healthOf(query)];

export function showHead(query) {
  setText('name', query.name);
  document.title = `${query.name} · Vellamo`;
  setText('health', healthOf(query).toLowerCase());
  $('health').className = `pill ${healthClass(query)}`;
  $('guarantee').hidden = !query.active;
  setText('guarantee', GUARANTEES[query.guarantee] ?? '');
  const ended = query.failure ? query.failure.message ?? `Failed in epoch ${query.failure.epoch}: ${query.failure.cause}` : 'Ended';
  setText('status', query.active ? query.status.message : ended);
  const problems = query.health?.problems ?? [];
  $('problems').replaceChildren(...problems.map((problem) => h('li', { class: problem.state === 'UNHEALTHY' ? 'bad' : '' }, problem.message === problem.kind ? problem.kind.toLowerCase().replaceAll('_', ' ') : problem.message)));
  setText('held', query.watermarkExplanation ?? '');
}

export function showFigures(point, recent) {
  const { report } = point;
  setText('sum-input', count(report.total.input));
  setText('sum-processed', count(report.total.processed));
  setText('sum-late', count(report.total.late));
  setText('sum-dead', count(report.total.deadLettered));
  setText('tile-rate', short(recent.inputRate));
  setText('tile-epoch', count(report.epoch));
  setText('tile-duration', `in ${duration(millis(report.duration))}`);
  setText('tile-gap', point.gap === null ? '–' : duration(point.gap * 1000));
  setText('tile-watermark', '');
  $('tile-gap').title = report.watermark ? `Watermark ${time(report.watermark)}` : '';
  $('figure-gap').hidden = point.gap === null;
  setText('tile-groups', count(report.state.groups));
  setText('tile-bytes', bytes(report.state.bytes));
  setText('tile-parked', count(report.state.parked));
  setText('tile-waiting', report.state.parked > 0 ? `${plural(report.state.waiting, 'event')} wait` : '');
  $('tile-parked').closest('.card').classList.toggle('alert', report.state.parked > 0);
  setOptions($('search-operator'), report.operators.map((operator) => operator.name));
}
