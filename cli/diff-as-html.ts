import type { RunDifference } from '../sim-core/experimenting.ts';
import { textLadder } from '../sim-core/reading.ts';
import type { Run } from '../sim-core/index.ts';
import { diffAsText } from './diff-as-text.ts';
import { xmlText } from './reporters/xml-text.ts';

const policy = "default-src 'none'; style-src 'unsafe-inline'";

const style = `
body { font: 14px/1.5 system-ui, sans-serif; margin: 1.5rem; color: #1a1d21; background: #fff }
pre { font: 12px/1.35 ui-monospace, monospace; overflow: auto; margin: 0 }
.two { display: grid; grid-template-columns: 1fr 1fr; gap: 1rem }
h2 { font-size: 1rem }
@media (prefers-color-scheme: dark) { body { color: #e6e8eb; background: #15181c } }
`;

/** A page of its own: the differences, and both ladders beside each other. It runs no script. */
export function diffAsHtml(a: Run, b: Run, difference: RunDifference): string {
  const title = `${a.header.title}: two runs`;
  return [
    '<!doctype html>',
    '<html lang="en">',
    '<meta charset="utf-8">',
    `<meta http-equiv="Content-Security-Policy" content="${policy}">`,
    `<title>${xmlText(title)}</title>`,
    `<style>${style}</style>`,
    `<h1>${xmlText(title)}</h1>`,
    `<pre>${xmlText(diffAsText(difference).join('\n'))}</pre>`,
    '<div class="two">',
    ...[a, b].map((run, at) => ladderOf(run, at === 0 ? 'A' : 'B')),
    '</div>',
    '</html>',
    '',
  ].join('\n');
}

function ladderOf({ header, records, fingerprint }: Run, side: string): string {
  const ladder = textLadder(header, records, {
    width: 100,
    colour: false,
    ascii: false,
    steps: false,
    timers: 'with effect',
  });
  const about = `${side}: seed ${header.seed}, fp ${fingerprint}`;
  return `<section><h2>${xmlText(about)}</h2><pre>${xmlText(ladder.join('\n'))}</pre></section>`;
}
