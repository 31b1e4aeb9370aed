// A name that a language model suggests goes into the field of its proposal, where a person changes or takes it.
document.addEventListener('htmx:afterSwap', e => {
  const name = e.detail.target.querySelector('[data-drafted="name"] [data-drafted-text]'), field = e.detail.target.closest('li')?.querySelector('input[name="name"]');
  if (!name || !field) return;
  field.value = name.innerText;
  name.remove();
  field.focus();
});
