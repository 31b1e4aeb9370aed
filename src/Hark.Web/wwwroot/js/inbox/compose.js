// While one writes: "/" offers saved replies, "@" in a note offers colleagues, files go with it. Arrows move, Enter or Tab takes, Escape leaves.
const box = () => document.getElementById('reply-text'), offer = () => document.getElementById('reply-suggest');
let asked = 0, word = null;

/** The word that is being typed, when it asks for something: a "/" that begins a word, or an "@" in a note. */
function wanted(text, voice) {
  const before = text.value.slice(0, text.selectionStart);
  const found = /(?:^|\s)([/@])([^\s/@]{0,40})$/u.exec(before);
  if (!found || (found[1] === '@' && voice !== 'note')) return null;
  return { sign: found[1], q: found[2], start: before.length - found[2].length - 1 };
}

function hide() {
  const list = offer();
  if (!list) return;
  list.hidden = true;
  list.replaceChildren();
  box().removeAttribute('aria-activedescendant');
  word = null;
}

async function ask() {
  const list = offer(), text = box();
  word = wanted(text, text.form.dataset.voice);
  if (!word) { hide(); return; }
  const mine = ++asked;
  const answer = await fetch(`${word.sign === '/' ? list.dataset.snippets : list.dataset.mentions}?q=${encodeURIComponent(word.q)}`, { headers: { 'HX-Request': 'true' } });
  if (mine !== asked || !answer.ok) return;
  list.innerHTML = await answer.text();
  list.hidden = list.childElementCount === 0;
  choose(list.querySelector('[role="option"]'));
}

function choose(option) {
  for (const o of offer().querySelectorAll('[role="option"]')) o.setAttribute('aria-selected', String(o === option));
  if (option) { box().setAttribute('aria-activedescendant', option.id); option.scrollIntoView({ block: 'nearest' }); }
}

function take(option) {
  const text = box(), end = text.selectionStart;
  text.setRangeText(option.dataset.text, word.start, end, 'end');
  hide();
  text.focus();
  text.dispatchEvent(new Event('input', { bubbles: true }));
}

document.addEventListener('input', e => { if (e.target.id === 'reply-text') ask(); });
document.addEventListener('keydown', e => {
  const list = offer();
  if (e.target.id !== 'reply-text' || !list || list.hidden) return;
  const all = [...list.querySelectorAll('[role="option"]')], at = all.findIndex(o => o.getAttribute('aria-selected') === 'true');
  if (e.key === 'ArrowDown') choose(all[(at + 1) % all.length]);
  else if (e.key === 'ArrowUp') choose(all[(at - 1 + all.length) % all.length]);
  else if ((e.key === 'Enter' && !e.ctrlKey && !e.metaKey) || e.key === 'Tab') take(all[Math.max(0, at)]);
  else if (e.key === 'Escape') hide();
  else return;
  e.preventDefault();
  e.stopImmediatePropagation();
}, true);
document.addEventListener('click', e => {
  const option = e.target.closest('#reply-suggest [role="option"]');
  if (option) take(option);
  else if (e.target.id !== 'reply-text') hide();
  e.target.closest('[data-unattach]')?.closest('li').remove();
});

document.addEventListener('change', async e => {
  if (e.target.id !== 'reply-attach' || !e.target.files.length) return;
  const body = new FormData();
  for (const file of e.target.files) body.append('file', file);
  const token = document.querySelector('meta[name="hark-antiforgery"]').content;
  const answer = await fetch(e.target.dataset.files, { method: 'POST', body, headers: { 'HX-Request': 'true', 'X-Hark-Antiforgery': token } });
  e.target.value = '';
  if (answer.ok) document.getElementById('reply-files').insertAdjacentHTML('beforeend', await answer.text());
  else e.target.closest('label').classList.add('bad');
});
document.addEventListener('hark-done', e => { if (['reply', 'note'].includes(e.detail.act)) document.getElementById('reply-files')?.replaceChildren(); });
