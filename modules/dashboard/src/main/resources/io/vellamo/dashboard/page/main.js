// The page: one query at a time, chosen by the address.

import { get, getText, listen, post, queryPath } from './api.js';
import { Charts } from './charts.js';
import { confirmed } from './confirm.js';
import { $, h, setText, toast } from './dom.js';
import { HeatMap } from './heatmap.js';
import { showHotKeys } from './hotkeys.js';
import { showLosses, showParked } from './losses.js';
import { drawPipeline } from './pipeline.js';
import { enableSearch } from './search.js';
import { Series } from './series.js';
import { healthClass, showFigures, showHead } from './summary.js';
import { enableTheme } from './theme.js';
import { enableWhy } from './why.js';

/** What is no part of an epoch's report is asked for at most this often, and only after a change. */
const REFRESH_MILLIS = 5000;
/** In a cluster, shards move between nodes without an epoch. */
const MOVES_MILLIS = 30_000;

const charts = new Charts();
const heatMap = new HeatMap();
let settings = { showData: false, actions: false };
let queries = [];
let current = '';
let series = new Series();
let drawing = false;
let detailed = '';
let movesTimer = 0;

const chosen = () => decodeURIComponent(window.location.hash.replace(/^#\//, ''));

function draw() {
  drawing = false;
  const point = series.last;
  if (point) {
    const recent = series.recent();
    showFigures(point, recent);
    showLosses(point.report);
    charts.show(series.points);
    drawPipeline($('pipeline'), point.report, recent);
  }
}

function drawSoon() {
  if (!drawing) {
    drawing = true;
    requestAnimationFrame(draw);
  }
}

function showTabs() {
  $('queries').replaceChildren(...queries.map((query) => h('li', {},
    h('a', { href: `#/${encodeURIComponent(query.name)}`, 'aria-current': query.name === current ? 'page' : null },
      h('span', { class: `dot ${healthClass(query)}`, 'aria-hidden': 'true' }), query.name))));
}

/** Asks for all that is no part of an epoch's report. */
async function refresh() {
  ({ queries } = await get('api/queries'));
  if (!queries.some((query) => query.name === current)) {
    await choose();
    return;
  }
  showTabs();
  const query = queries.find(({ name }) => name === current);
  showHead(query);
  $('stop').hidden = !settings.actions || !query.active;
  if (query.progress && series.add(query.progress)) {
    drawSoon();
  }
  if (query.active) {
    await showDetails(query);
  }
}

async function showDetails(query) {
  const path = queryPath(query.name);
  // Shards, hot keys and parked groups change with an epoch only: an idle query costs little.
  const state = `${query.name} ${query.runId} ${query.progress?.epoch}`;
  if (!query.progress || state === detailed) {
    return;
  }
  await showParked(query.name, query.progress, settings);
  const [shards, hotKeys] = await Promise.all([get(`${path}/shards`), get(`${path}/hot-keys`)]);
  if (query.name === current) {
    heatMap.show(shards);
    showHotKeys(hotKeys.operators);
    detailed = state;
    clearTimeout(movesTimer);
    if (shards.nodes.length > 0) {
      movesTimer = setTimeout(() => { detailed = ''; refreshSoon(); }, MOVES_MILLIS);
    }
  }
}

/** Shows the query of the address, else the first one. */
async function choose() {
  const wanted = chosen();
  const query = queries.find(({ name }) => name === wanted) ?? queries[0];
  $('empty').hidden = Boolean(query);
  $('query').hidden = !query;
  current = query?.name ?? '';
  series = new Series();
  $('group').replaceChildren();
  $('why-origin').replaceChildren();
  if (!query) {
    showTabs();
    return;
  }
  if (query.active) {
    const { progress } = await get(`${queryPath(current)}/progress`);
    progress.forEach((report) => series.add(report));
    $('explain').textContent = await getText(`${queryPath(current)}/explain`);
  }
  drawSoon();
  await refresh();
}

async function stop() {
  const question = { title: `Stop ${current}?`, yes: 'Stop', text: 'The running epoch is abandoned and runs again at the next start of the query.' };
  if (await confirmed(question)) {
    await post(`${queryPath(current)}/stop`).then(() => toast('Stopped'), (error) => toast(error.message));
  }
}

let refreshing = Promise.resolve();
let refreshed = 0;
let refreshTimer = 0;

/** Refreshes the page after a change, unless it is in the background; then it does so when shown. */
function refreshSoon() {
  if (!refreshTimer && !document.hidden) {
    refreshTimer = setTimeout(() => {
      refreshTimer = 0;
      refreshed = performance.now();
      inOrder(refresh);
    }, Math.max(0, refreshed + REFRESH_MILLIS - performance.now()));
  }
}

/** Runs a task after those before it; the connection shows failures, and the page tries again. */
function inOrder(task) {
  refreshing = refreshing.then(task).catch((error) => {
    setText('connection', error.status ? 'behind' : 'connection lost');
    refreshed = performance.now();
    refreshSoon();
  });
  return refreshing;
}

function connected(state) {
  $('connection').className = `connection ${state}`;
  setText('connection', state === 'live' ? 'live' : 'connection lost');
  if (state === 'live') {
    inOrder(refresh);
  }
}

async function start() {
  settings = await get('api/settings');
  enableSearch(() => current, settings);
  enableWhy(() => current, settings);
  ({ queries } = await get('api/queries'));
  await choose();
  listen({
    progress: (report) => {
      if (report.name === current && series.add(report)) {
        drawSoon();
      }
      refreshSoon();
    },
    status: ({ state }) => (state === 'changed' ? refreshSoon() : inOrder(refresh)),
    connection: connected,
  });
  window.addEventListener('hashchange', () => inOrder(choose));
  document.addEventListener('visibilitychange', refreshSoon);
}

enableTheme(() => { charts.build(); heatMap.draw(); });
$('stop').addEventListener('click', stop);
inOrder(start);
