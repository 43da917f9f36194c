// Runs before the page is painted, so that it never flashes in the other theme.
(() => {
  const chosen = () => document.cookie.match(/(?:^|; )theme=(dark|light)/)?.[1];
  const system = () => (matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light");
  const get = () => chosen() ?? system();
  const show = () => { document.documentElement.dataset.theme = get(); };
  const set = (theme) => {
    document.cookie = `theme=${theme}; path=/; max-age=31536000; samesite=lax`;
    show();
  };
  show();
  window.portal = { theme: { get, set } };
})();
