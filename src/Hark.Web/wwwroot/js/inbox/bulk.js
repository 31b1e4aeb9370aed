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

// Hundreds of cases go in parts, so that one sees how far it is: all but the last part from here, the last one as any form goes. False when the way was lost.
const Part = 20;
let working = false;
function soFar(part) {
  for (const name of ['undo', 'done', 'failed']) form.elements['so_far_' + name].value = part[name] ?? '';
  const bar = form.querySelector('progress');
  bar.hidden = !part.all;
  if (part.all) { Object.assign(bar, { max: part.all, value: part.n }); form.querySelector('[data-picked]').textContent = form.dataset.soFar.replace('{n}', part.n).replace('{all}', part.all); }
}
async function inParts() {
  // By number: a line may be drawn anew while its case is on the way.
  const chosen = picks().filter(p => p.checked).map(p => p.value), all = chosen.length;
  const fields = new FormData(form);
  fields.delete('number');
  while (chosen.length > Part) {
    const part = chosen.splice(0, Part), body = new FormData();
    for (const [name, value] of fields) body.append(name, name.startsWith('so_far_') ? form.elements[name].value : value);
    for (const number of part) body.append('number', number);
    body.append('part', '1');
    const answer = await fetch(form.action, { method: 'POST', body });
    if (!answer.ok) { location.reload(); return false; }
    soFar({ ...await answer.json(), n: all - chosen.length, all });
    for (const p of picks()) if (part.includes(p.value)) p.checked = false;
  }
  return true;
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
  form.addEventListener('htmx:confirm', e => {
    e.preventDefault();
    if (working) return; // a second press
    working = true;
    inParts().then(rest => rest && e.detail.issueRequest(true)).finally(() => { working = false; });
  });
  form.addEventListener('htmx:beforeRequest', () => { form.querySelector('[data-picked]').textContent = form.dataset.busy; });
  document.addEventListener('hark-done', e => { if (e.detail.act === 'bulk') { for (const p of picks()) p.checked = false; form.reset(); soFar({}); form.querySelector('[data-of]').hidden = true; show(); } });
  document.addEventListener('htmx:afterSwap', show);
}
