// Touchpoints are dragged to another place: the drop fills in the same form that the buttons send. Keyboard users have the buttons.
const form = document.querySelector('.hk-drag');
let dragged = null;

// The touchpoint before which a drop at this height lands; null for the end.
const after = (list, y) => [...list.querySelectorAll('.hk-touchpoint')].filter(t => t !== dragged).find(t => { const box = t.getBoundingClientRect(); return y < box.top + box.height / 2; }) ?? null;

document.addEventListener('dragstart', e => {
  dragged = e.target.closest?.('.hk-touchpoint[data-key]') ?? null;
  if (!dragged) return;
  e.dataTransfer.effectAllowed = 'move';
  e.dataTransfer.setData('text/plain', dragged.dataset.key);
  dragged.toggleAttribute('data-dragged', true);
});
document.addEventListener('dragover', e => {
  const stage = dragged && e.target.closest?.('.hk-stage[data-stage]');
  if (!stage) return;
  e.preventDefault();
  const list = stage.querySelector('.hk-touchpoints');
  list.insertBefore(dragged, after(list, e.clientY));
});
document.addEventListener('drop', e => {
  const stage = dragged && e.target.closest?.('.hk-stage[data-stage]');
  if (!stage) return;
  e.preventDefault();
  form.elements.key.value = dragged.dataset.key;
  form.elements.stage.value = stage.dataset.stage;
  form.elements.place.value = [...stage.querySelectorAll('.hk-touchpoint')].indexOf(dragged);
  form.elements.at.value = dragged.id;
  form.submit();
});
document.addEventListener('dragend', () => dragged?.toggleAttribute('data-dragged', false));
