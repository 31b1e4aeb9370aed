// The list keeps itself up to date. What is under the pointer or in the hand never moves: then new work is announced ("3 new") and waits for a click.
const root = document.querySelector('[data-inbox]'), list = document.getElementById('list'), lines = document.getElementById('lines');
const rows = () => [...lines.querySelectorAll(':scope > li[data-number]')];
const link = row => row.querySelector('a.hk-item');
let waiting = null, stale = false, asking = false;

const inHand = () => lines.matches(':hover') || lines.contains(document.activeElement) || list.scrollTop > 0 || lines.querySelector('.hk-pick:checked');

function announce(fresh) {
  const news = list.querySelector('[data-news]');
  news.hidden = fresh === 0;
  news.querySelector('.hk-pill').lastChild.textContent = news.dataset.text.replace('{n}', fresh);
}

// Lines that are in both stay where they are and only say what is new about them.
function mend(row, now) {
  if (row.dataset.version === now.dataset.version && !row.dataset.gone) return;
  const was = link(row), is = link(now);
  if (was.getAttribute('aria-current')) is.setAttribute('aria-current', 'true');
  now.querySelector('.hk-pick').checked = row.querySelector('.hk-pick').checked;
  row.replaceChildren(...now.childNodes);
  row.dataset.version = now.dataset.version;
  delete row.dataset.gone;
  htmx.process(row);
}

function apply(next) {
  const known = new Map(rows().map(r => [r.dataset.number, r])), open = root.dataset.number;
  const order = next.map(n => {
    const row = known.get(n.dataset.number);
    if (row) { known.delete(n.dataset.number); mend(row, n); return row; }
    n.classList.add('hk-in');
    return n;
  });
  const rest = [...lines.querySelectorAll(':scope > li')].filter(r => !order.includes(r));
  for (const row of rest) if (row.dataset.gone && row.dataset.number !== open) row.remove();
  lines.prepend(...order);
  for (const row of order) htmx.process(row);
  waiting = null;
  announce(0);
  mark(open);
}

async function refresh(mine) {
  if (document.hidden || asking) { stale = true; return; }
  asking = true; stale = false;
  try {
    const answer = await fetch(`${list.dataset.list}&limit=${Math.min(500, Math.max(50, rows().length))}`, { headers: { 'HX-Request': 'true' } });
    if (!answer.ok) return;
    const page = document.createElement('template');
    page.innerHTML = await answer.text();
    const next = [...page.content.querySelectorAll('li[data-number]')], more = page.content.querySelector('.hk-more');
    const shown = rows(), there = new Set(next.map(n => n.dataset.number)), known = new Set(shown.map(r => r.dataset.number));
    const fresh = next.filter(n => !known.has(n.dataset.number)).length;
    shown.slice(0, more ? next.length : shown.length).filter(r => !there.has(r.dataset.number)).forEach(r => { r.dataset.gone = ''; });
    list.querySelector('.hk-empty')?.toggleAttribute('hidden', next.length > 0);
    if (mine || !inHand()) { apply(next); return; }
    for (const n of next) { const row = shown.find(r => r.dataset.number === n.dataset.number); if (row) mend(row, n.cloneNode(true)); }
    waiting = next;
    announce(fresh);
  } finally {
    asking = false;
    if (stale && !document.hidden) setTimeout(refresh, 500);
  }
}

function mark(number) {
  for (const row of rows()) {
    const on = row.dataset.number === number, a = link(row);
    if (on) { a.setAttribute('aria-current', 'true'); a.setAttribute('data-read', ''); } else a.removeAttribute('aria-current');
  }
}

export function openRow(row) {
  link(row).click();
  link(row).focus();
  row.scrollIntoView({ block: 'nearest' });
}

/** The row after or before the open one, or the first. */
export function beside(step) {
  const all = rows(), at = all.findIndex(r => r.dataset.number === root.dataset.number);
  return all[at < 0 ? 0 : Math.min(all.length - 1, Math.max(0, at + step))];
}

function shown() {
  const open = document.getElementById('case');
  root.dataset.number = open?.dataset.number ?? '';
  root.dataset.shows = open?.dataset.number ? 'case' : 'list';
  mark(root.dataset.number);
}

if (root && lines) {
  shown();
  document.addEventListener('htmx:afterSwap', e => { if (e.detail.target.id === 'pane') shown(); });
  document.addEventListener('hark-live', e => { if (e.detail === 'cases') refresh(); });
  document.addEventListener('hark-done', () => refresh(true));
  document.addEventListener('visibilitychange', () => { if (!document.hidden && stale) refresh(); });
  list.addEventListener('click', e => { if (e.target.closest('[data-show-news]') && waiting) { apply(waiting); list.scrollTop = 0; } });
  // On a desk the first case opens by itself; the address says so, without a step back to an empty page.
  const first = rows()[0];
  if (first && location.pathname === '/inbox' && matchMedia('(min-width: 721px)').matches) {
    const a = link(first);
    htmx.ajax('GET', a.getAttribute('hx-get'), { target: '#pane', swap: 'innerHTML' }).then(() => history.replaceState(history.state, '', a.href));
  }
}
