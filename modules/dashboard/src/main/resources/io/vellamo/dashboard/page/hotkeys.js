// The keys with the most events and the most function time.

import { $, h } from './dom.js';
import { count, duration } from './format.js';

const SHOWN = 8;

function table(caption, keys, format) {
  return h('table', { class: 'list' }, h('caption', {}, caption),
    h('tbody', {}, ...keys.slice(0, SHOWN).map((key) => h('tr', {},
      h('td', {}, h('code', {}, key.key ?? 'hidden')),
      h('td', { class: 'n' }, format(key.amount)),
      h('td', { class: 'n' }, `${(key.share * 100).toFixed(1)} %`)))));
}

export function showHotKeys(operators) {
  $('hot').hidden = operators.every((operator) => operator.byEvents.length === 0 && operator.byTime.length === 0);
  $('hot-tables').replaceChildren(...operators.flatMap((operator) => [
    table(`${operator.operator}, by events`, operator.byEvents, count),
    table(`${operator.operator}, by function time`, operator.byTime, (micros) => duration(micros / 1000)),
  ]));
}
