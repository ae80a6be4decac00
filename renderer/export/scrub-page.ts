import { scrubScript, scrubScriptHash, scrubStyle, scrubStyleHash } from './scrub-script.ts';

/** What a page with a run in it shows. */
export interface ScrubPage {
  readonly title: string;
  readonly footer: string;
  /** The figure as SVG, without the XML declaration; made by us, of escaped text. */
  readonly svg: string;
  readonly width: number;
  /** Where the ladder begins and ends in the figure, px. */
  readonly top: number;
  readonly bottom: number;
  readonly heights: {
    readonly micros: readonly number[];
    readonly heights: readonly number[];
    readonly slopes: readonly number[];
  };
  readonly endMicros: number;
  readonly steps: readonly { readonly at: number; readonly time: string; readonly says: string }[];
  /** Who hears or sees what: `'A hears'`, and from when until when, µs. */
  readonly lanes: readonly {
    readonly name: string;
    readonly heard: readonly {
      readonly from: number;
      readonly to: number;
      readonly what: string;
    }[];
  }[];
}

/**
 * One file that shows a run and can be scrubbed, without a network and without anything of the run
 * being more than text: the policy in it lets one script and one style run, each named by its hash.
 */
export function scrubPage(page: ScrubPage): string {
  const policy = [
    `default-src 'none'`,
    `script-src 'sha256-${scrubScriptHash}'`,
    `style-src 'sha256-${scrubStyleHash}'`,
    `base-uri 'none'`,
    `form-action 'none'`,
  ].join('; ');
  const { top, bottom, heights } = page;
  const lanes = page.lanes.map(({ heard }) => heard);
  const cells = page.lanes.map(
    ({ name }, lane) => `<tr><th scope="row">${html(name)}</th><td data-lane="${lane}"></td></tr>`,
  );
  const steps = page.steps.map(
    ({ at, time, says }) =>
      `<tr data-at="${Math.round(at)}"><td>${html(time)}</td><td>${html(says)}</td></tr>`,
  );
  const end = Math.round(page.endMicros);
  const slider =
    `<input type="range" id="time" aria-label="Time" ` +
    `min="0" max="${end}" value="0" step="1000">`;
  const marks =
    `<rect id="veil" x="0" width="${page.width}" fill="#fdfdfb" fill-opacity="0.5"/>` +
    `<line id="playhead" x1="0" x2="${page.width}" stroke="#15171a"/>`;
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${html(page.title)}</title>
<style>${scrubStyle}</style>
</head>
<body>
<header><h1>${html(page.title)}</h1></header>
<div class="time">
<button type="button" id="play">Run</button>
${slider}
<output id="clock" for="time"></output>
</div>
<main>
<figure>${page.svg.replace(/<\/svg>\s*$/, `${marks}</svg>`)}</figure>
<section>
<h2>Who hears and sees what</h2>
<table id="heard"><tbody>${cells.join('')}</tbody></table>
<h2>Messages</h2>
<table id="steps"><tbody>${steps.join('')}</tbody></table>
</section>
</main>
<footer>${html(page.footer)}</footer>
<script type="application/json" id="run">${jsonInside({ top, bottom, heights, lanes })}</script>
<script>${scrubScript}</script>
</body>
</html>
`;
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Text that is nothing but text, in content and in attributes. */
export function html(text: string): string {
  return text
    .replace(/[\p{Cc}\p{Cs}]/gu, '\uFFFD')
    .replace(/[&<>"']/g, (sign) => entities[sign] ?? sign);
}

/** JSON that ends no script element and begins no comment. */
function jsonInside(value: unknown): string {
  return JSON.stringify(value).replace(
    /[<>&\u2028\u2029]/g,
    (sign) => String.raw`\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
