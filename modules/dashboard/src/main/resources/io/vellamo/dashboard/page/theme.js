// Light and dark: as the system has it, until the button says otherwise.

import { $ } from './dom.js';

const KEY = 'vellamo-theme';
const system = window.matchMedia('(prefers-color-scheme: dark)');

function apply() {
  document.documentElement.dataset.theme = localStorage.getItem(KEY) ?? (system.matches ? 'dark' : 'light');
}

export function enableTheme(changed) {
  apply();
  system.addEventListener('change', () => { apply(); changed(); });
  $('theme').addEventListener('click', () => {
    localStorage.setItem(KEY, document.documentElement.dataset.theme === 'dark' ? 'light' : 'dark');
    apply();
    changed();
  });
}
