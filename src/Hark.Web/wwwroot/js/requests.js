// Every htmx request carries the antiforgery token and says that it is one; a session that ended leads to sign-in and back.
const token = document.querySelector('meta[name="hark-antiforgery"]')?.content;

document.addEventListener('htmx:configRequest', e => { if (token) e.detail.headers['X-Hark-Antiforgery'] = token; });

document.addEventListener('htmx:responseError', e => {
  if (e.detail.xhr.status === 401) location.assign('/sign-in?return=' + encodeURIComponent(location.pathname + location.search));
});
