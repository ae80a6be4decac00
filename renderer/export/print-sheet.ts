import { figureOf, type FigureWords } from './figure.ts';

/** Height of a page of paper for each unit of its width: A4 with its margins, across. */
const pageShape = 0.66;

/**
 * Puts pages for paper into the document, in the place of those that were there before: the whole
 * ladder with its names on every page. On screen they are not shown.
 * @param height of the ladder's content as it is drawn, px
 */
export function layOutForPaper(document: Document, words: FigureWords, height: number): void {
  clearPaper(document);
  const sheet = document.createElement('div');
  sheet.className = 'print-sheet';
  sheet.setAttribute('aria-hidden', 'true');
  const width = Number(document.querySelector('.ladder > svg')?.getAttribute('width') ?? 0);
  const step = Math.max(200, Math.floor(width * pageShape) - 120);
  for (let top = 0; top < height; top += step) {
    const page = document.createElement('section');
    page.className = 'print-page';
    const { svg } = figureOf(document, words, { top, bottom: Math.min(height, top + step) }, [
      'playhead',
    ]);
    svg.removeAttribute('height');
    svg.setAttribute('width', '100%');
    page.append(svg);
    sheet.append(page);
  }
  document.body.append(sheet);
}

export function clearPaper(document: Document): void {
  document.querySelector('.print-sheet')?.remove();
}
