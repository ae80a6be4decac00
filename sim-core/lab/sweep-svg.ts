import { markupText } from '../base/markup-text.ts';
import type { SweepMap } from './sweep-map.ts';

/** px */
const cellSize = 14;
const margin = { left: 96, top: 48, right: 16, below: 16 };
const legendLine = 20;

/** Told apart in light and dark, by people who see few colours too; letters say the same. */
const colours = [
  '#4477aa',
  '#ee6677',
  '#228833',
  '#ccbb44',
  '#66ccee',
  '#aa3377',
  '#bbbbbb',
  '#e69f00',
  '#0072b2',
  '#999933',
];

/** The map as a self-contained picture; text stays text, and nothing in it is taken for markup. */
export function sweepMapAsSvg({ down, across, letters, classes }: SweepMap): string {
  const columns = across.values.length;
  const width = Math.max(480, margin.left + columns * cellSize + margin.right);
  const mapHeight = letters.length * cellSize;
  const height = margin.top + mapHeight + 32 + classes.length * legendLine + margin.below;
  const colourOf = new Map(
    classes.map(({ letter }, at) => [letter, colours[at % colours.length] ?? '#888888']),
  );
  const parts: string[] = [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" ` +
      `width="${width}" height="${height}" font-family="sans-serif" font-size="11">`,
    `<rect width="${width}" height="${height}" fill="#ffffff"/>`,
    text(margin.left, 16, down === null ? `${across.path} →` : `${across.path} →, ${down.path} ↓`),
    text(margin.left, margin.top - 6, across.values[0] ?? ''),
    text(
      margin.left + columns * cellSize,
      margin.top - 6,
      across.values.at(-1) ?? '',
      ' text-anchor="end"',
    ),
  ];
  for (const [line, row] of letters.entries()) {
    const y = margin.top + line * cellSize;
    const label = down?.values[line] ?? '';
    const every = Math.max(1, Math.ceil(letters.length / 20));
    if (line % every === 0) {
      parts.push(text(margin.left - 6, y + cellSize - 3, label, ' text-anchor="end"'));
    }
    for (const [column, letter] of row.entries()) {
      const fill = colourOf.get(letter) ?? '#eeeeee';
      const x = margin.left + column * cellSize;
      const place = `${label} ${across.values[column] ?? ''}: ${letter}`.trim();
      parts.push(
        `<rect x="${x}" y="${y}" width="${cellSize}" height="${cellSize}" fill="${fill}">` +
          `<title>${markupText(place)}</title>` +
          `</rect>`,
      );
    }
  }
  for (const [at, { letter, count, says }] of classes.entries()) {
    const y = margin.top + mapHeight + 32 + at * legendLine;
    const fill = colourOf.get(letter) ?? '#eeeeee';
    parts.push(`<rect x="${margin.left}" y="${y - 10}" width="12" height="12" fill="${fill}"/>`);
    parts.push(text(margin.left + 20, y, `${letter}  ${count}  ${says}`));
  }
  parts.push('</svg>');
  return `${parts.join('\n')}\n`;
}

function text(x: number, y: number, says: string, more = ''): string {
  return `<text x="${x}" y="${y}"${more}>${markupText(says)}</text>`;
}
