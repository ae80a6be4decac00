import { plainCopy, plainText } from './plain-svg.ts';

/** What stands above and below the drawing. */
export interface FigureWords {
  readonly title: string;
  /** Seed, fingerprint and version. */
  readonly footer: string;
}

/** The part of the ladder a figure shows, px of its content. */
export interface FigureSpan {
  readonly top: number;
  readonly bottom: number;
}

/** A drawing as a document of its own. */
export interface Figure {
  readonly svg: SVGSVGElement;
  readonly width: number;
  readonly height: number;
  /** Where the ladder's content begins in it, px. */
  readonly ladderTop: number;
}

const svgSpace = 'http://www.w3.org/2000/svg';
const titleHeight = 40;
const footerHeight = 36;

/**
 * Puts a figure together of what is drawn on the page: names, ladder, and the words around them.
 * @param span null: as much as is drawn
 * @param without classes of what is left out of the ladder
 */
export function figureOf(
  document: Document,
  words: FigureWords,
  span: FigureSpan | null,
  without: readonly string[] = [],
): Figure {
  const heads = drawn(document, '.ladder-heads');
  const ladder = drawn(document, '.ladder > svg');
  const width = Number(ladder.getAttribute('width'));
  const whole = Number(ladder.getAttribute('height'));
  const top = Math.max(0, span?.top ?? 0);
  const bottom = Math.min(whole, span?.bottom ?? whole);
  const headsHeight = Number(heads.getAttribute('height'));
  const ladderTop = titleHeight + headsHeight;
  const height = ladderTop + (bottom - top) + footerHeight;
  const svg = document.createElementNS(svgSpace, 'svg');
  place(svg, { width, height, viewBox: `0 0 ${width} ${height}` });
  const { canvas, ink, faint, family } = pageStyle(document);
  svg.append(shape(document, 'rect', { width, height, fill: canvas }));
  svg.append(
    text(document, words.title, { x: 16, y: 25, fill: ink, size: 15, weight: 600, family }),
    text(document, words.footer, {
      x: 16,
      y: height - 13,
      fill: faint,
      size: 12,
      weight: 400,
      family,
    }),
  );
  const patterns = document.querySelector<SVGElement>('svg.only-heard defs');
  if (patterns !== null) svg.append(plainCopy(patterns));
  svg.append(
    part(plainCopy(heads), { y: titleHeight, width, height: headsHeight, from: 0 }),
    part(plainCopy(ladder, without), {
      y: ladderTop,
      width,
      height: bottom - top,
      from: top,
    }),
  );
  return { svg, width, height, ladderTop: ladderTop - top };
}

/** The figure as the text of a file. */
export function svgText({ svg }: Figure): string {
  const { defaultView } = svg.ownerDocument;
  if (defaultView === null) throw new Error('the figure stands in no window');
  const written = new defaultView.XMLSerializer().serializeToString(svg);
  return `<?xml version="1.0" encoding="UTF-8"?>\n${written}\n`;
}

function drawn(document: Document, selector: string): SVGElement {
  const found = document.querySelector<SVGElement>(selector);
  if (found === null) throw new Error('There is no ladder to export: show the ladder first.');
  return found;
}

function part(
  copy: SVGElement,
  at: { y: number; width: number; height: number; from: number },
): SVGElement {
  place(copy, {
    x: 0,
    y: at.y,
    width: at.width,
    height: at.height,
    viewBox: `0 ${at.from} ${at.width} ${at.height}`,
  });
  return copy;
}

function place(element: SVGElement, attributes: Readonly<Record<string, string | number>>): void {
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, String(value));
}

function shape(
  document: Document,
  name: string,
  attributes: Readonly<Record<string, string | number>>,
): SVGElement {
  const element = document.createElementNS(svgSpace, name);
  place(element, attributes);
  return element;
}

function text(
  document: Document,
  words: string,
  look: { x: number; y: number; fill: string; size: number; weight: number; family: string },
): SVGElement {
  const { x, y, fill, size, weight, family } = look;
  const element = shape(document, 'text', {
    x,
    y,
    fill,
    'font-size': size,
    'font-weight': weight,
    'font-family': family,
  });
  element.textContent = plainText(words);
  return element;
}

function pageStyle(document: Document) {
  const style = document.defaultView?.getComputedStyle(document.documentElement);
  const token = (name: string): string => style?.getPropertyValue(name).trim() ?? '';
  return {
    canvas: token('--canvas'),
    ink: token('--ink'),
    faint: token('--ink-3'),
    family: token('--sans').replaceAll('"', "'"),
  };
}
