// The question before an action, and the token that it needs.

import { hasToken, setToken } from './api.js';
import { $, setText } from './dom.js';

/** Asks, and returns whether the answer was yes. The token is kept in memory only. */
export function confirmed({ title, text, yes }) {
  const dialog = $('confirm');
  setText('confirm-title', title);
  setText('confirm-text', text);
  setText('confirm-yes', yes);
  $('confirm-token-label').hidden = hasToken();
  $('confirm-token').required = !hasToken();
  $('confirm-token').value = '';
  dialog.returnValue = 'cancel';
  dialog.showModal();
  return new Promise((resolve) => {
    dialog.addEventListener('close', () => {
      const accepted = dialog.returnValue === 'yes';
      if (accepted && !hasToken()) {
        setToken($('confirm-token').value);
      }
      resolve(accepted);
    }, { once: true });
  });
}
