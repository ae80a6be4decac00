/**
 * The one script of an exported page. It reads the data beside it as JSON and writes text nodes
 * and attributes only. The page's policy names it by its hash: `scrubScriptHash`, which a test
 * computes anew.
 */
export const scrubScript = `(() => {
  'use strict';
  const data = JSON.parse(document.getElementById('run').textContent);
  const slider = document.getElementById('time');
  const clock = document.getElementById('clock');
  const line = document.getElementById('playhead');
  const veil = document.getElementById('veil');
  const rows = [...document.querySelectorAll('#steps tr[data-at]')];
  const heard = [...document.querySelectorAll('#heard td[data-lane]')];
  function heightAt(micros) {
    const { micros: at, heights, slopes } = data.heights;
    let knot = 0;
    while (knot + 1 < at.length && at[knot + 1] <= micros) knot += 1;
    return heights[knot] + slopes[knot] * Math.max(0, micros - at[knot]) / 1000;
  }
  function show(micros) {
    const y = data.top + heightAt(micros);
    line.setAttribute('y1', y);
    line.setAttribute('y2', y);
    veil.setAttribute('y', y);
    veil.setAttribute('height', Math.max(0, data.bottom - y));
    clock.textContent = (micros / 1e6).toFixed(3) + ' s';
    let last = null;
    for (const row of rows) {
      const past = Number(row.dataset.at) <= micros;
      row.classList.toggle('later', !past);
      row.removeAttribute('aria-current');
      if (past) last = row;
    }
    if (last) last.setAttribute('aria-current', 'step');
    for (const cell of heard) {
      const lane = data.lanes[Number(cell.dataset.lane)];
      const now = lane.filter((one) => one.from <= micros && micros < one.to);
      cell.textContent = now.length === 0 ? 'nothing' : now.map((one) => one.what).join(' and ');
    }
  }
  slider.addEventListener('input', () => show(Number(slider.value)));
  for (const row of rows) {
    row.addEventListener('click', () => {
      slider.value = row.dataset.at;
      show(Number(row.dataset.at));
    });
  }
  let timer = null;
  const play = document.getElementById('play');
  function stop() {
    clearInterval(timer);
    timer = null;
    play.textContent = 'Run';
  }
  play.addEventListener('click', () => {
    if (timer !== null) return stop();
    if (Number(slider.value) >= Number(slider.max)) slider.value = '0';
    play.textContent = 'Pause';
    timer = setInterval(() => {
      const next = Math.min(Number(slider.max), Number(slider.value) + 10000);
      slider.value = String(next);
      show(next);
      if (next >= Number(slider.max)) stop();
    }, 40);
  });
  show(Number(slider.value));
})();
`;

/** SHA-256 of the script's bytes, in base64. */
export const scrubScriptHash = 'grktJn+wKRfgd0KB1vNupMGtVJxex/LOB2JL0A7JjCM=';

export const scrubStyle = `
:root { color-scheme: light; font: 400 13px/18px 'IBM Plex Sans', system-ui, sans-serif; }
body { margin: 0; color: #15171a; background: #fdfdfb; }
header, footer { padding: 12px 16px; }
h1 { margin: 0 0 8px; font-size: 16px; font-weight: 600; }
.time { position: sticky; top: 0; z-index: 1; display: flex; gap: 12px; align-items: center;
  padding: 8px 16px; background: #f6f6f3; border-bottom: 1px solid #cfcfc8; }
.time input { flex: 1; min-width: 120px; accent-color: #15171a; }
#clock { min-width: 80px; font-variant-numeric: tabular-nums; text-align: right; }
button { min-height: 28px; padding: 0 12px; font: inherit; color: #fdfdfb; background: #15171a;
  border: 0; border-radius: 6px; }
main { display: flex; flex-wrap: wrap; gap: 16px; padding: 16px; align-items: flex-start; }
figure { margin: 0; flex: 2 1 640px; overflow-x: auto; }
section { flex: 1 1 320px; }
h2 { margin: 0 0 8px; font-size: 13px; font-weight: 600; }
table { width: 100%; border-collapse: collapse; font-variant-numeric: tabular-nums; }
td, th { padding: 2px 6px; text-align: left; vertical-align: top; }
td:first-child, th { white-space: nowrap; }
tr[data-at] { cursor: pointer; border-top: 1px solid #e6e6e1; }
tr.later { color: #5d636c; }
tr[aria-current] { background: #e6e6e1; font-weight: 600; }
footer { color: #5d636c; }
`;

/** SHA-256 of the style's bytes, in base64. */
export const scrubStyleHash = 'xC2sr/TKDozi2rBG5+keo7fJg8O0kE86oieFdHqhOgI=';
