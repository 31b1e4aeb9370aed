// Clock chips count down by themselves. The server says when the clock is due in working time, the words, and when amber begins; between two answers of the
// server a running clock moves with the wall, which is right while the calendar is open: a chip whose calendar is closed is sent as still.
const text = (ms, words) => {
  const minutes = Math.floor(Math.abs(ms) / 60000), hours = Math.floor(minutes / 60), days = Math.floor(hours / 24);
  const part = (n, unit) => words[unit].replace('{n}', n);
  if (days > 0) return part(days, 'days') + (hours % 24 && days < 2 ? ' ' + part(hours % 24, 'hours') : '');
  return `${hours}:${String(minutes % 60).padStart(2, '0')}`;
};

const units = (ms, words) => {
  const minutes = Math.floor(Math.abs(ms) / 60000), hours = Math.floor(minutes / 60), days = Math.floor(hours / 24), part = (n, unit) => words[unit].replace('{n}', n);
  if (days > 0) return part(days, 'days') + (hours % 24 && days < 7 ? ' ' + part(hours % 24, 'hours') : '');
  return hours > 0 ? part(hours, 'hours') + (minutes % 60 ? ' ' + part(minutes % 60, 'minutes') : '') : part(minutes, 'minutes');
};

function tick() {
  const now = Date.now();
  for (const line of document.querySelectorAll('.hk-clocks [data-due]')) {
    const left = Date.parse(line.dataset.due) - now, shown = line.dataset[left < 0 ? 'over' : 'left'].replace('{time}', units(left, line.dataset));
    if (line.textContent !== shown) line.textContent = shown;
  }
  for (const chip of document.querySelectorAll('.hk-clock[data-due]')) {
    const left = Date.parse(chip.dataset.due) - now, state = left < 0 ? 'red' : left < Number(chip.dataset.amber) ? 'amber' : 'ok';
    if (chip.dataset.state !== state) chip.dataset.state = state;
    const shown = text(left, chip.dataset), time = chip.querySelector('.left');
    if (time.textContent !== shown) time.textContent = shown;
    chip.querySelector('.over').hidden = left >= 0;
  }
}
setInterval(tick, 10000);
document.addEventListener('htmx:afterSettle', tick);
tick();
