// Everything in the inbox by one key; the same acts are offered by the palette.
import { beside, openRow } from './list.js';
import { openDialog } from './case.js';
import { speak } from './reply.js';
import { undo } from './toasts.js';
import { pick } from './bulk.js';

const typing = el => el.closest?.('input:not([type="checkbox"]), textarea, select, [contenteditable]');
const menu = name => { const d = document.querySelector(`[data-menu="${name}"]`); if (d) { d.open = !d.open; d.querySelector('.hk-option, input, summary')?.focus(); } };
const write = voice => { speak(voice); document.getElementById('reply-text')?.focus(); };
const go = step => { const row = beside(step); if (row) openRow(row); };
const back = () => document.querySelector('.hk-case-head a.narrow')?.click();

const acts = {
  next: () => go(1), previous: () => go(-1), reply: () => write('reply'), note: () => write('note'), assign: () => menu('assign'), snooze: () => menu('snooze'), more: () => menu('more'),
  resolve: () => openDialog('resolve-dialog'), merge: () => openDialog('merge-dialog', 'merge'), link: () => openDialog('merge-dialog', 'link'), call: () => openDialog('call-dialog'), macro: () => menu('macro'),
  pick: () => pick(document.activeElement.closest?.('#lines > li')?.dataset.number ?? document.querySelector('[data-inbox]').dataset.number), undo, back,
};
const keys = { j: 'next', k: 'previous', r: 'reply', n: 'note', a: 'assign', s: 'snooze', m: 'macro', x: 'pick', '.': 'more', e: 'resolve', c: 'call', z: 'undo', u: 'back' };

// While a case is on its way, the case before it is still on the screen: what one types must not land there, least of all a note in somebody else's reply. The last key
// that means an act waits for the case that was asked for; other keys are dropped.
const moves = ['next', 'previous', 'back'];
let coming = 0, waiting = null;
const asked = e => e.detail.elt.matches?.('a.hk-item');
document.addEventListener('htmx:beforeRequest', e => { if (asked(e)) { coming++; waiting = null; document.getElementById('pane').inert = true; } });
document.addEventListener('htmx:afterRequest', e => {
  if (!asked(e) || --coming > 0) return;
  document.getElementById('pane').inert = false;
  const act = waiting;
  waiting = null;
  if (act) acts[act]();
});

document.addEventListener('keydown', e => {
  if (e.ctrlKey || e.metaKey || e.altKey || document.querySelector('dialog[open]')) return;
  if (e.key === 'Escape' && e.target.id === 'reply-text') { e.target.blur(); return; }
  if (typing(e.target)) return;
  const act = keys[e.key];
  if (!act) return;
  e.preventDefault();
  if (coming > 0 && !moves.includes(act)) waiting = act; else acts[act]();
});
document.addEventListener('click', e => {
  const runs = e.target.closest('[data-runs]');
  if (!runs) return;
  runs.closest('dialog')?.close();
  acts[runs.dataset.runs]();
});
