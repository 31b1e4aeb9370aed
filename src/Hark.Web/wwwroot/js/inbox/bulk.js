// Many cases at once: "x" or the boxes choose, Shift chooses all between.
const lines = document.getElementById('lines'), form = document.getElementById('bulk');
const picks = () => [...lines.querySelectorAll('.hk-pick')];
let last = null;

function show() {
  const n = picks().filter(p => p.checked).length, said = form.querySelector('[data-picked]');
  form.hidden = n === 0;
  lines.toggleAttribute('data-picking', n > 0);
  said.textContent = said.dataset.text.replace('{n}', n);
}

export function pick(number) {
  const box = lines?.querySelector(`li[data-number="${number}"] .hk-pick`);
  if (!box || !form) return;
  box.checked = !box.checked;
  last = box;
  show();
}

if (form && lines) {
  lines.addEventListener('click', e => {
    if (!e.target.matches('.hk-pick')) return;
    const all = picks(), to = all.indexOf(e.target), from = all.indexOf(last);
    if (e.shiftKey && from >= 0) for (const p of all.slice(Math.min(from, to), Math.max(from, to) + 1)) p.checked = e.target.checked;
    last = e.target;
    show();
  });
  form.addEventListener('click', e => {
    const all = e.target.closest('[data-pick-all]'), none = e.target.closest('[data-pick-none]');
    if (all || none) { for (const p of picks()) p.checked = Boolean(all); show(); }
  });
  form.addEventListener('change', e => {
    if (e.target.name !== 'do') return;
    const more = form.querySelector('[data-of]');
    more.hidden = e.target.value !== more.dataset.of;
    more.querySelector('input').required = !more.hidden;
  });
  form.addEventListener('htmx:beforeRequest', () => { form.querySelector('[data-picked]').textContent = form.dataset.busy; });
  document.addEventListener('hark-done', e => { if (e.detail.act === 'bulk') { for (const p of picks()) p.checked = false; form.reset(); form.querySelector('[data-of]').hidden = true; show(); } });
  document.addEventListener('htmx:afterSwap', show);
}
