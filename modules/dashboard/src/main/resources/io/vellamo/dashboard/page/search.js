// The search for a group by its key: state, timers, and a slider over its epochs.

import { get, groupPath } from './api.js';
import { $, h } from './dom.js';
import { count, plural, time } from './format.js';
import { explainRow, rowText } from './why.js';

const EPOCHS = 200;
const pretty = (value) => JSON.stringify(value, null, 2);

function facts(group) {
  const timeout = group.timeout ? `; timeout at ${time(group.timeout)}` : '';
  const parked = group.parked ? `; parked since epoch ${group.parked.sinceEpoch}: ${group.parked.error}` : '';
  return h('p', {}, `As of epoch ${count(group.epoch)}${timeout}${parked}`);
}

function part(title, value) {
  const empty = value === null || value === undefined || (typeof value === 'object' && Object.keys(value).length === 0);
  return empty ? [] : [h('p', { class: 'muted small' }, title), h('pre', {}, pretty(value))];
}

function current(group) {
  return h('div', { id: 'group-now' }, facts(group), ...part('State', group.state), ...part('Variables and timers', group.variables));
}

/** Returns the rows of an epoch, each with a button that explains it. */
function rows(epoch) {
  return epoch.rows.length === 0 ? [] : [h('p', { class: 'muted small' }, 'Rows'),
    h('ul', { class: 'rows' }, ...epoch.rows.map((row, index) => h('li', {},
      h('code', {}, JSON.stringify(row)),
      h('button', { type: 'button', class: 'quiet', onclick: () => explainRow(rowText(epoch.rowIds[index])) }, 'Why?'))))];
}

function epochParts(epoch) {
  return [
    h('p', {}, h('b', {}, `Epoch ${count(epoch.epoch)}`), ` ${String(epoch.effect).toLowerCase().replaceAll('_', ' ')}, at ${time(epoch.processingTime)}, watermark ${time(epoch.watermark)}`),
    ...(epoch.inputs ? part('Events', epoch.inputs) : [h('p', { class: 'muted small' }, 'Events were not recorded in this epoch.')]),
    ...part('State after it', epoch.state),
    ...part('Changes', epoch.changes),
    ...rows(epoch),
  ];
}

function slider(history) {
  const { epochs } = history;
  if (epochs.length === 0) {
    return h('p', { class: 'muted small' }, 'The journal has no epoch of this group.');
  }
  const shown = h('div', {});
  const show = (index) => shown.replaceChildren(...epochParts(epochs[index]));
  const range = h('input', { type: 'range', id: 'epochs', min: 0, max: epochs.length - 1, value: epochs.length - 1,
    oninput: (event) => show(Number(event.target.value)) });
  show(epochs.length - 1);
  return h('div', { id: 'group-history' },
    h('label', { for: 'epochs' }, `History: ${plural(history.epochCount, 'epoch')}, the last ${count(epochs.length)} of them`), range, shown);
}

async function shown(query, operator, key) {
  const path = groupPath(query, operator, key);
  const [group, history] = await Promise.allSettled([get(path), get(`${path}/history?limit=${EPOCHS}`)]);
  if (group.status === 'rejected' && history.status === 'rejected') {
    return [h('p', { class: 'notice' }, group.reason.message)];
  }
  return [
    group.status === 'fulfilled' ? current(group.value) : h('p', { class: 'notice' }, 'The group no longer exists.'),
    history.status === 'fulfilled' ? slider(history.value) : h('p', { class: 'muted small' }, 'Its history can\'t be read from the journal.'),
  ];
}

export function enableSearch(currentQuery, settings) {
  $('search').hidden = !settings.showData;
  $('search-hidden').hidden = settings.showData;
  $('search').addEventListener('submit', async (event) => {
    event.preventDefault();
    $('group').replaceChildren(h('p', { class: 'muted' }, 'Reading…'));
    const query = currentQuery();
    const content = await shown(query, $('search-operator').value, $('search-key').value);
    if (query === currentQuery()) {
      $('group').replaceChildren(...content);
    }
  });
}
