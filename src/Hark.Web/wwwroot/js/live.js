// Live parts. The page names its stream in data-live; the server tells when something changed, and the parts that listen ask for themselves anew with htmx.
// What the pointer or the focus is on waits until it has gone.
const part = document.querySelector('[data-live]');

function start() {
  let last = part.dataset.liveLast ? Date.parse(part.dataset.liveLast) : null, waiting = false, lost = false, connected = false;

  const show = () => {
    const status = part.querySelector('[data-live-status]'), since = part.querySelector('[data-live-since]');
    for (const banner of part.querySelectorAll('[data-live-lost]')) banner.hidden = !lost;
    status.dataset.state = lost ? 'lost' : connected ? 'live' : 'connecting';
    if (lost) { since.textContent = part.dataset.textLost; return; }
    if (last === null) { since.textContent = part.dataset.textLive; return; }
    const s = Math.max(0, Math.round((Date.now() - last) / 1000));
    const [unit, n] = s < 60 ? ['seconds', s] : s < 3600 ? ['minutes', Math.floor(s / 60)] : s < 86400 ? ['hours', Math.floor(s / 3600)] : ['days', Math.floor(s / 86400)];
    since.textContent = part.dataset.textSince.replace('{ago}', part.dataset['text' + unit[0].toUpperCase() + unit.slice(1)].replace('{n}', n));
  };
  const busy = () => part.querySelector('details[open]') || part.querySelector('[data-live-part]:hover :is(a, button):hover') || part.querySelector('[data-live-part] :focus-visible');
  const refresh = () => {
    if (busy() || document.hidden) { waiting = true; return; }
    waiting = false;
    for (const fragment of part.querySelectorAll('[data-live-part]')) htmx.trigger(fragment, 'hark-changed');
  };

  // Parts that have their own way of following hear it as an event.
  const tell = kind => document.dispatchEvent(new CustomEvent('hark-live', { detail: kind }));

  const stream = new EventSource(part.dataset.live);
  stream.addEventListener('signals', e => { last = Date.parse(JSON.parse(e.data).last_at); show(); refresh(); });
  stream.addEventListener('cases', () => { refresh(); tell('cases'); });
  stream.addEventListener('causes', refresh);
  stream.addEventListener('looks', () => tell('looks'));
  // The first word of the server comes when it listens already: nothing is missed after it, and what was before is caught up with.
  stream.addEventListener('hello', e => {
    const at = JSON.parse(e.data).last_at;
    if (at) last = Date.parse(at);
    if (lost) { refresh(); tell('cases'); }
    lost = false; connected = true;
    show();
  });
  stream.onerror = () => { lost = true; show(); };
  addEventListener('pagehide', () => stream.close());
  setInterval(() => { show(); if (waiting) refresh(); }, 1000);
  show();
}
if (part) start();
