// Menus are <details>: they work without this. Here they close when one clicks elsewhere or presses Escape.
const open = () => document.querySelectorAll('details.hk-menu[open]');

document.addEventListener('click', e => {
  for (const menu of open()) if (!menu.contains(e.target)) menu.open = false;
});
document.addEventListener('keydown', e => {
  if (e.key !== 'Escape') return;
  for (const menu of open()) {
    menu.open = false;
    menu.querySelector('summary').focus();
  }
});
