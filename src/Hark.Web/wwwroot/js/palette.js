// Ctrl/⌘ K opens the palette, "?" the sheet of keys. The list comes from the server; arrows move, Enter follows.
const palette = document.getElementById('palette'), keys = document.getElementById('keys'), query = document.getElementById('palette-q'), list = document.getElementById('palette-list');
const options = () => [...list.querySelectorAll('[role="option"]')];
const typing = el => el.closest?.('input, textarea, select, [contenteditable]');

function choose(option) {
  for (const o of options()) o.setAttribute('aria-selected', String(o === option));
  if (option) { query.setAttribute('aria-activedescendant', option.id); option.scrollIntoView({ block: 'nearest' }); }
  else query.removeAttribute('aria-activedescendant');
}
function open() {
  if (palette.open) return;
  keys.close();
  palette.showModal();
  query.value = '';
  htmx.trigger(query, 'palette-open');
}

if (palette) {
  document.addEventListener('keydown', e => {
    if ((e.ctrlKey || e.metaKey) && !e.altKey && e.key.toLowerCase() === 'k') { e.preventDefault(); open(); }
    else if (e.key === '?' && !typing(e.target) && !palette.open && !keys.open) { e.preventDefault(); keys.showModal(); }
    else if (e.key === '/' && !typing(e.target)) { const search = document.querySelector('[data-search]'); if (search) { e.preventDefault(); search.focus(); } }
  });
  document.addEventListener('click', e => {
    if (e.target.closest('[data-palette-open]')) open();
    if (e.target.closest('[data-keys-open]')) { palette.close(); keys.showModal(); }
    if (e.target === palette || e.target === keys) e.target.close(); // the backdrop
  });
  query.addEventListener('keydown', e => {
    const all = options(), at = all.findIndex(o => o.getAttribute('aria-selected') === 'true');
    if (e.key === 'ArrowDown') { e.preventDefault(); choose(all[(at + 1) % all.length]); }
    else if (e.key === 'ArrowUp') { e.preventDefault(); choose(all[(at - 1 + all.length) % all.length]); }
    else if (e.key === 'Enter') { e.preventDefault(); all[Math.max(at, 0)]?.click(); }
  });
  list.addEventListener('htmx:afterSettle', () => choose(options()[0]));
}
