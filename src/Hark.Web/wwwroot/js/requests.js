// Every htmx request carries the antiforgery token and says that it is one; a session that ended leads to sign-in and back.
const token = document.querySelector('meta[name="hark-antiforgery"]')?.content;

document.addEventListener('htmx:configRequest', e => { if (token) e.detail.headers['X-Hark-Antiforgery'] = token; });

// A failure that comes as a part of the page is shown like any other answer: it says what is wrong, in its place.
document.addEventListener('htmx:beforeSwap', e => {
  if (e.detail.xhr.status >= 400 && e.detail.xhr.getResponseHeader('Content-Type')?.startsWith('text/html')) Object.assign(e.detail, { shouldSwap: true, isError: false });
});

document.addEventListener('htmx:responseError', e => {
  if (e.detail.xhr.status === 401) location.assign('/sign-in?return=' + encodeURIComponent(location.pathname + location.search));
});
