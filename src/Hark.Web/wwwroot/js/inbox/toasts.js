// Words about what was done go away after a while, unless the pointer or the focus is on them. "z" takes the last thing back.
const STAYS = 10000;
const toasts = document.getElementById('toasts');

function age() {
  for (const toast of toasts.querySelectorAll('[data-toast]')) {
    if (toast.matches(':hover, :focus-within')) toast.dataset.since = Date.now();
    else if (Date.now() - (toast.dataset.since ??= Date.now()) > STAYS) toast.parentElement === toasts ? toast.remove() : toast.parentElement.remove();
  }
}
export const undo = () => [...toasts.querySelectorAll('[data-undo]')].at(-1)?.click();

if (toasts) {
  setInterval(age, 1000);
  toasts.addEventListener('click', e => { if (e.target.closest('[data-dismiss]')) e.target.closest('[data-toast]').remove(); });
  toasts.addEventListener('htmx:afterRequest', e => e.target.closest('[data-toast]')?.remove());
}
