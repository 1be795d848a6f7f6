// Late, dead-lettered and parked, with what can be done about parked groups.

import { get, post, queryPath } from './api.js';
import { confirmed } from './confirm.js';
import { $, h, toast } from './dom.js';
import { count, plural } from './format.js';

export function showLosses(report) {
  $('losses').replaceChildren(...report.operators.map((operator) => h('tr', {},
    h('td', {}, operator.name),
    h('td', { class: 'n' }, count(operator.late)),
    h('td', { class: 'n' }, operator.deadLettered === undefined ? '–' : count(operator.deadLettered)),
    h('td', { class: 'n' }, count(operator.state.parked)),
    h('td', { class: 'n' }, count(operator.state.waiting)))));
}

async function act(query, group, verb, question) {
  if (!(await confirmed(question))) {
    return;
  }
  try {
    await post(`${queryPath(query)}/parked/${group.id}/${verb}`);
    toast(`Requested: ${verb}. The next epoch calls the group.`);
  } catch (error) {
    toast(error.message);
  }
}

function parkedGroup(query, group, settings) {
  const name = 'key' in group ? String(group.key) : 'a group (its key is hidden)';
  const redrive = { title: 'Redrive this group?', yes: 'Redrive', text: 'The next epoch calls its function again with all pending events. If it throws again, the group stays parked.' };
  const release = { title: 'Release this group?', yes: 'Release', text: 'The next epoch calls its function with the pending events one by one. Events that it fails on become dead letters.' };
  return h('div', { class: 'parked' },
    h('p', {}, h('code', {}, name), ` of ${group.operator}, since epoch ${count(group.sinceEpoch)}; ${plural(group.events, 'event')} pending`),
    h('p', { class: 'small' }, h('code', {}, group.error), group.message ? `: ${group.message}` : ''),
    settings.actions
      ? h('p', { class: 'buttons' },
        h('button', { type: 'button', 'data-action': 'redrive', onclick: () => act(query, group, 'redrive', redrive) }, 'Redrive'),
        h('button', { type: 'button', class: 'quiet', 'data-action': 'release', onclick: () => act(query, group, 'release', release) }, 'Release'))
      : h('p', { class: 'small muted' }, 'Redrive and release are off; set vellamo.dashboard.token to switch them on.'));
}

const MAX_SHOWN = 50;
let shown = '';

/** Shows the parked groups of a query, and asks for them only if there are some. */
export async function showParked(query, report, settings) {
  const { parked } = report.state;
  const groups = parked > 0 ? (await get(`${queryPath(query)}/parked`)).parked : [];
  const state = JSON.stringify([query, groups]);
  // A button must not be replaced while somebody aims at it.
  if (state !== shown) {
    shown = state;
    $('parked').replaceChildren(
      ...groups.slice(0, MAX_SHOWN).map((group) => parkedGroup(query, group, settings)),
      ...(groups.length > MAX_SHOWN ? [h('p', { class: 'muted small' }, `and ${count(groups.length - MAX_SHOWN)} more`)] : []));
  }
}
