// Two voices in one box, and a draft of each kept in this browser until it was sent: nothing that was typed is lost, whatever becomes of the page or the session.
import { writes } from './case.js';

const form = () => document.getElementById('reply');
const text = () => document.getElementById('reply-text');
const key = (f, voice = f.dataset.voice) => `hark-draft-${f.dataset.draft}-${voice}`;
let quiet = 0;

function keep() {
  const f = form(), value = text().value;
  if (value) localStorage.setItem(key(f), value); else localStorage.removeItem(key(f));
  f.querySelector('[data-draft-kept]').hidden = !value;
  writes(value ? f.dataset.voice : '');
  clearTimeout(quiet);
  quiet = setTimeout(() => writes(''), 30000);
}

export function speak(voice) {
  const f = form();
  if (!f) return;
  f.dataset.voice = voice;
  f.elements.voice.value = voice;
  for (const b of f.querySelectorAll('[data-voice]')) b.setAttribute('aria-pressed', String(b.dataset.voice === voice));
  const box = text();
  box.value = localStorage.getItem(key(f)) ?? '';
  box.setAttribute('aria-label', box.dataset[voice === 'note' ? 'labelNote' : 'labelReply']);
  f.querySelector('[data-draft-kept]').hidden = !box.value;
}

function begin() {
  if (!form()) return;
  const f = form();
  // A draft of a note and none of a reply: that is where one was.
  speak(!localStorage.getItem(key(f, 'reply')) && localStorage.getItem(key(f, 'note')) ? 'note' : 'reply');
}

document.addEventListener('click', e => {
  const voice = e.target.closest('.hk-seg [data-voice]');
  if (voice && form()?.contains(voice)) { speak(voice.dataset.voice); text().focus(); }
});
document.addEventListener('input', e => { if (e.target.id === 'reply-text') keep(); });
document.addEventListener('keydown', e => {
  if (e.target.id !== 'reply-text' || e.key !== 'Enter' || !(e.ctrlKey || e.metaKey)) return;
  e.preventDefault();
  const f = form();
  f.querySelector(`[formaction][data-for="${f.dataset.voice}"]`).click();
});
document.addEventListener('hark-done', e => {
  const f = form();
  if (!f || !['reply', 'note'].includes(e.detail.act)) return;
  localStorage.removeItem(key(f, e.detail.act));
  if (f.dataset.voice === e.detail.act) { text().value = ''; keep(); }
});
document.addEventListener('htmx:afterSwap', e => {
  if (e.detail.target.id === 'pane') begin();
  // A draft goes into the box, below what is written there already, and nowhere else.
  const draft = e.detail.target.querySelector?.('[data-drafted="reply"] [data-drafted-text]');
  if (!draft || !form()) return;
  if (form().dataset.voice !== 'reply') speak('reply');
  text().value = [text().value.trim(), draft.innerText].filter(Boolean).join('\n\n');
  draft.remove();
  keep();
  text().focus();
});
begin();
