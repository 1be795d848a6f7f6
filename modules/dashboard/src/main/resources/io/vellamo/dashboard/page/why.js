// Why a row came out: the events, times and states of its group, epoch by epoch.

import { get, rowPath } from './api.js';
import { $, h } from './dom.js';
import { count, plural, time } from './format.js';

const EARLIER = 20;
const SHOWN = 50;
const EFFECTS = {
  NONE: 'no change', STATE: 'new state', TIMEOUT: 'new timeout', TIMEOUT_WITHOUT_STATE: 'timeout without state',
  REMOVED: 'group removed', VARIABLES: 'variables changed', DROPPED: 'variables dropped', SNAPSHOT: 'from a snapshot',
};
const END_OF_TIME = '+292278994-08-17T07:12:55.807Z';

export const rowText = ({ query, epoch, shard, index }) => `${query}/${epoch}/${shard}/${index}`;

const clock = (iso) => (iso === END_OF_TIME ? 'end of time' : time(iso));
const due = (millis) => time(new Date(millis).toISOString());

function lines(title, values) {
  if (values.length === 0) {
    return [];
  }
  const text = values.slice(0, SHOWN).join('\n');
  const more = values.length - SHOWN;
  return [h('p', { class: 'muted small' }, title), h('pre', {}, more > 0 ? `${text}\nand ${count(more)} more` : text)];
}

const jsonLines = (title, values) => lines(title, (values ?? []).map((value) => JSON.stringify(value)));

function changeText(change) {
  const words = [change.effect, change.variable];
  if (change.key !== null) words.push(JSON.stringify(change.key));
  if (change.value !== null) words.push(JSON.stringify(change.value));
  if (change.entryCount > 1) words.push(plural(change.entryCount, 'time'));
  if (change.dueMillis !== null) words.push(`${change.effect === 'PUT' ? 'expires' : 'at'} ${due(change.dueMillis)}`);
  return words.join(' ');
}

function variableText(variable) {
  const entries = variable.entries.map((entry) => [entry.key, entry.value]
    .filter((part) => part !== null).map((part) => JSON.stringify(part))
    .concat(entry.dueMillis === null ? [] : [`at ${due(entry.dueMillis)}`]).join(' '));
  const more = variable.entryCount - entries.length;
  return `${variable.name}: ${entries.join(', ')}${more > 0 ? `, and ${count(more)} more` : ''}`;
}

/** Returns what a group was; null if the journal does not tell. */
function content(title, group) {
  if (!group) {
    return lines(title, ['The journal does not hold it.']);
  }
  const state = group.state === null ? [] : [JSON.stringify(group.state)];
  const timeout = group.timeoutMillis === null ? [] : [`timeout at ${due(group.timeoutMillis)}`];
  const all = [...state, ...timeout, ...group.variables.map(variableText)];
  return lines(title, all.length === 0 ? ['nothing is kept of the group'] : all);
}

function head(epoch, what) {
  return h('p', {}, h('b', {}, `Epoch ${count(epoch.epoch)}`), ` ${what}`,
    h('span', { class: 'muted small' }, ` at ${time(epoch.processingTime)}, watermark ${clock(epoch.watermark)}`));
}

function earlierEpoch(epoch) {
  const kept = epoch.changes.length > 0 ? [] : lines('State after it', [epoch.state === null ? 'none' : JSON.stringify(epoch.state)]);
  return h('li', {}, head(epoch, EFFECTS[epoch.effect] ?? epoch.effect),
    ...jsonLines('Events', epoch.inputs), ...jsonLines('Events that waited, as the group was parked', epoch.parked),
    ...lines('Changes', epoch.changes.map(changeText)), ...kept, ...jsonLines('Rows', epoch.rows));
}

/** Returns the outline of an epoch, which stands in for events that were not recorded. */
function outline(epoch) {
  const ranges = (epoch.ranges ?? []).map((range) => `${range.partition} from ${range.from} until ${range.until}`);
  return lines('Read from the sources, for all groups', ranges);
}

function epochOfRow(origin) {
  const wanted = rowText(origin.id);
  const { effect } = origin;
  return h('li', { class: 'of-row' }, head(origin.epoch, 'emitted the row'),
    ...content('Before it', origin.before),
    ...jsonLines('Events', effect.inputs),
    ...(origin.events === 'NOT_RECORDED' ? outline(origin.epoch) : []),
    ...lines('Changes', effect.changes.map(changeText)),
    h('p', { class: 'muted small' }, 'Rows of the group'),
    h('ul', { class: 'rows' }, ...effect.rows.map((row, index) => h('li', {},
      h('code', { class: rowText(effect.rowIds[index]) === wanted ? 'wanted' : null }, JSON.stringify(row))))),
    ...content('After it', origin.after));
}

function shown(origin) {
  const more = origin.earlierCount - origin.earlier.length;
  const key = typeof origin.key === 'string' ? origin.key : JSON.stringify(origin.key);
  return [
    h('pre', { id: 'why-content' }, JSON.stringify(origin.row, null, 2)),
    h('p', {}, 'Emitted by ', h('code', {}, key), ` of ${origin.operator}`,
      origin.rowTime ? `, with the event time ${time(origin.rowTime)}` : '',
      h('span', { class: 'muted small' }, ` · row ${count(origin.id.index)} of the ${count(origin.shardRows)} of shard ${count(origin.id.shard)} in its epoch`)),
    h('ul', { class: 'reasons', id: 'why-reasons' }, ...origin.explanation.map((sentence) => h('li', {}, sentence))),
    ...(more > 0 ? [h('p', { class: 'muted small' }, `${plural(more, 'earlier epoch')} of the group not shown`)] : []),
    h('ol', { class: 'timeline', id: 'why-timeline' }, ...[...origin.earlier].reverse().map(earlierEpoch), epochOfRow(origin)),
  ];
}

/** Explains a row as if its id had been typed. */
export function explainRow(row) {
  $('why-row').value = row;
  $('why').requestSubmit();
  $('h-why').scrollIntoView({ block: 'start' });
}

export function enableWhy(currentQuery, settings) {
  $('why').hidden = !settings.showData;
  $('why-hidden').hidden = settings.showData;
  let asked = 0;
  $('why').addEventListener('submit', async (event) => {
    event.preventDefault();
    asked += 1;
    const question = asked;
    const query = currentQuery();
    $('why-origin').replaceChildren(h('p', { class: 'muted' }, 'Reading…'));
    const content = await get(`${rowPath(query, $('why-row').value.trim())}?earlier=${EARLIER}`)
      .then(shown, (error) => [h('p', { class: 'notice' }, error.message)]);
    if (question === asked && query === currentQuery()) {
      $('why-origin').replaceChildren(...content);
    }
  });
}
