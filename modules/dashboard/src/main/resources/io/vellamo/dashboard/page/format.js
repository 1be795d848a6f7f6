// Numbers, times and durations as text.

const WHOLE = new Intl.NumberFormat('en-US');
const SHORT = new Intl.NumberFormat('en-US', { notation: 'compact', maximumSignificantDigits: 3 });

export const count = (value) => WHOLE.format(value);

export const short = (value) => (Math.abs(value) < 1000 ? String(+value.toPrecision(3)) : SHORT.format(value));

export function bytes(value) {
  const units = ['B', 'KiB', 'MiB', 'GiB', 'TiB'];
  let unit = 0;
  let size = value;
  while (size >= 1024 && unit < units.length - 1) {
    size /= 1024;
    unit += 1;
  }
  return `${unit === 0 ? size : size.toPrecision(3)} ${units[unit]}`;
}

/** Returns the milliseconds of a duration such as PT1M2.5S. */
export function millis(iso) {
  const parts = /^(-)?P(?:(-?\d+)D)?T?(?:(-?\d+)H)?(?:(-?\d+)M)?(?:(-?[\d.]+)S)?$/.exec(iso ?? '');
  if (!parts) {
    return 0;
  }
  const [, sign, days, hours, minutes, seconds] = parts;
  const total = (((+(days ?? 0) * 24 + +(hours ?? 0)) * 60 + +(minutes ?? 0)) * 60 + +(seconds ?? 0)) * 1000;
  return sign ? -total : total;
}

export function duration(ms) {
  const abs = Math.abs(ms);
  if (abs < 1) return `${+ms.toFixed(2)} ms`;
  if (abs < 1000) return `${Math.round(ms)} ms`;
  if (abs < 60_000) return `${+(ms / 1000).toFixed(1)} s`;
  if (abs < 3_600_000) return `${Math.floor(ms / 60_000)} min ${Math.round((abs % 60_000) / 1000)} s`;
  if (abs < 86_400_000) return `${Math.floor(ms / 3_600_000)} h ${Math.round((abs % 3_600_000) / 60_000)} min`;
  return `${+(ms / 86_400_000).toFixed(1)} days`;
}

export const time = (iso) => (iso ? iso.replace('T', ' ').replace(/(\.\d+)?Z$/, ' UTC') : '–');

export const plural = (number, word) => `${count(number)} ${word}${number === 1 ? '' : 's'}`;
