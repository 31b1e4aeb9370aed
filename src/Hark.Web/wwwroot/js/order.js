// Lines of a table that are dragged to another place: the drop sends the form named by data-order. Keyboard users have the buttons in each line.
const list = document.querySelector('[data-order]');
let dragged = null;

list?.addEventListener('dragstart', e => {
  dragged = e.target.closest('[data-key]');
  if (!dragged) return;
  e.dataTransfer.effectAllowed = 'move';
  e.dataTransfer.setData('text/plain', dragged.dataset.key);
  dragged.toggleAttribute('data-dragged', true);
});
list?.addEventListener('dragover', e => {
  if (!dragged) return;
  e.preventDefault();
  const next = [...list.children].filter(line => line !== dragged).find(line => { const box = line.getBoundingClientRect(); return e.clientY < box.top + box.height / 2; });
  list.insertBefore(dragged, next ?? null);
});
list?.addEventListener('drop', e => {
  if (!dragged) return;
  e.preventDefault();
  const form = document.getElementById(list.dataset.order);
  form.elements.id.value = dragged.dataset.key;
  form.elements.place.value = [...list.children].indexOf(dragged);
  form.submit();
});
list?.addEventListener('dragend', () => { dragged?.toggleAttribute('data-dragged', false); dragged = null; });
