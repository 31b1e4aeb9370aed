// "System" follows the device. Loaded before the first paint, so that nobody sees the wrong theme flash by.
{
  const root = document.documentElement, dark = matchMedia('(prefers-color-scheme: dark)');
  const follow = () => { if (root.dataset.theme === 'system') root.dataset.bsTheme = dark.matches ? 'dark' : 'light'; };
  dark.addEventListener('change', follow);
  follow();
}
