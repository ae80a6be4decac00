import { markupText } from '../../base/markup-text.ts';
import type { Figure, FigureStep } from './figure-of-run.ts';

const gap = 190;
const margin = 95;
const head = 70;
const rowHeight = 30;

/** The figure as SVG, for a document: black on white, lines and text alone. */
export function figureAsSvg({ title, lanes, steps }: Figure): string {
  const width = margin * 2 + gap * Math.max(0, lanes.length - 1);
  const height = head + rowHeight * (steps.length + 1) + 20;
  const foot = height - 20;
  const x = (lane: number): number => margin + gap * lane;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" role="img" ` +
      `font-family="sans-serif" font-size="12" fill="#000">`,
    `<title>${markupText(title)}</title>`,
    `<desc>${markupText(steps.map(({ number, says }) => `${number}. ${says}`).join(' '))}</desc>`,
    `<rect width="${width}" height="${height}" fill="#fff"/>`,
    ...lanes.flatMap((name, lane) => [
      `<rect x="${x(lane) - 80}" y="15" width="160" height="30" fill="none" stroke="#000"/>`,
      `<text x="${x(lane)}" y="34" text-anchor="middle">${markupText(name)}</text>`,
      `<path d="M${x(lane)} 45V${foot}" stroke="#000" stroke-dasharray="4 3"/>`,
    ]),
    ...steps.map((step) => arrow(step, x)),
    '</svg>',
    '',
  ].join('\n');
}

function arrow({ number, label, from, to }: FigureStep, x: (lane: number) => number): string {
  const y = head + rowHeight * number;
  const back = from < to ? -8 : 8;
  const end = x(to);
  const middle = (x(from) + end) / 2;
  const words = `${number}. ${markupText(label)}`;
  return (
    `<g><path d="M${x(from)} ${y}H${end}" stroke="#000"/>` +
    `<path d="M${end} ${y}l${back} -4v8z"/>` +
    `<text x="${middle}" y="${y - 5}" text-anchor="middle">${words}</text></g>`
  );
}
