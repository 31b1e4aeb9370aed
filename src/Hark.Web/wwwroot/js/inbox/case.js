// The open case: who else has it on the screen, what changed since, dialogs and menus. What one is writing is never replaced.
const BEAT = 15000;
const open = () => document.querySelector('#case[data-number]');
const busy = pane => pane.querySelector('.hk-case-head details[open], dialog[open]');
let later = false;

/** What the person writes just now, told to colleagues: 'reply', 'note' or nothing. */
let writing = '';
export function writes(what) {
  if (what === writing) return;
  writing = what;
  here();
}

export function here() {
  const pane = open();
  if (!pane || document.hidden) return;
  htmx.ajax('POST', pane.dataset.here, { target: '#case-here', swap: 'innerHTML', values: { writing } });
}

function renew() {
  const pane = open();
  if (!pane || document.hidden) return;
  if (busy(pane)) { later = true; return; }
  later = false;
  const version = document.getElementById('case-version').value, since = pane.dataset.seen;
  htmx.ajax('GET', `${pane.dataset.parts}?version=${version}&since=${encodeURIComponent(since)}`, { target: '#case-here', swap: 'none' });
}

function closeAll() {
  for (const dialog of document.querySelectorAll('dialog[open]')) dialog.close();
  for (const menu of document.querySelectorAll('details.hk-menu[open]')) menu.open = false;
}

export function openDialog(id, way) {
  const dialog = document.getElementById(id);
  if (!dialog) return;
  closeAll();
  if (way) dialog.querySelector('form').dataset.with = way;
  dialog.showModal();
  dialog.querySelector('input:not([type="hidden"]):not([type="radio"]), select, textarea')?.focus();
}

document.addEventListener('click', e => {
  const opens = e.target.closest('[data-opens]');
  if (opens) openDialog(opens.dataset.opens, opens.dataset.with);
  if (e.target.closest('[data-closes]') || (e.target.matches('dialog.hk-dialog'))) e.target.closest('dialog').close();
});
document.addEventListener('change', e => {
  const fills = e.target.closest('[data-fills]');
  if (fills) document.getElementById(fills.dataset.fills).value = fills.value;
});
document.addEventListener('input', e => {
  const narrows = e.target.closest('[data-narrows]');
  if (!narrows) return;
  const words = narrows.value.trim().toLowerCase();
  for (const option of document.getElementById(narrows.dataset.narrows).querySelectorAll('.hk-option')) option.hidden = !option.textContent.toLowerCase().includes(words);
});
document.addEventListener('hark-live', e => {
  if (e.detail === 'looks') here();
  if (e.detail === 'cases') renew();
});
document.addEventListener('hark-done', closeAll);
document.addEventListener('toggle', () => { if (later) renew(); }, true);
document.addEventListener('visibilitychange', () => { here(); renew(); });
// A button that did its work was replaced with the head of the case: the focus goes to its title, not to nowhere.
document.addEventListener('htmx:oobAfterSwap', e => {
  if (e.detail.target.id === 'case-head' && document.activeElement === document.body) document.getElementById('case-title')?.focus();
});
document.addEventListener('htmx:afterSwap', e => { if (e.detail.target.id === 'pane') { writing = ''; here(); } });
setInterval(() => { here(); if (later) renew(); }, BEAT);
if (open()) here();
