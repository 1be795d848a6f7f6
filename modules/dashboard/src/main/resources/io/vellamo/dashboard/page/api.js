// The REST interface. All addresses are relative, so that the page works wherever it is mounted.

let token = '';

export function setToken(value) {
  token = value;
}

export const hasToken = () => token !== '';

export const queryPath = (query) => `api/queries/${encodeURIComponent(query)}`;

export function groupPath(query, operator, key) {
  return `${queryPath(query)}/operators/${encodeURIComponent(operator)}/groups/${encodeURIComponent(key)}`;
}

export const rowPath = (query, row) => `${queryPath(query)}/rows/${encodeURIComponent(row)}`;

/** Returns the JSON of an address, or throws an error with the server's message. */
export async function get(path) {
  return (await answered(await fetch(path))).json();
}

export async function getText(path) {
  return (await answered(await fetch(path))).text();
}

/** Requests an action. Forgets a token that was refused. */
export async function post(path) {
  const response = await fetch(path, { method: 'POST', headers: { Authorization: `Bearer ${token}` } });
  if (response.status === 401) {
    token = '';
  }
  return (await answered(response)).json();
}

async function answered(response) {
  if (!response.ok) {
    const body = await response.json().catch(() => ({}));
    throw Object.assign(new Error(body.error ?? `The server answered ${response.status}`), { status: response.status });
  }
  return response;
}

/** Listens to updates; the browser connects again by itself. */
export function listen({ progress, status, connection }) {
  const events = new EventSource('api/events');
  events.addEventListener('open', () => connection('live'));
  events.addEventListener('error', () => connection('lost'));
  events.addEventListener('progress', (event) => progress(JSON.parse(event.data)));
  events.addEventListener('status', (event) => status(JSON.parse(event.data)));
}
