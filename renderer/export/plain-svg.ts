/**
 * Makes a drawing of the page stand on its own: what style sheets say becomes attributes that
 * every program reads, and what only the page needs is left out.
 */

/** Style properties that become attributes; all but the last are inherited. */
const properties = [
  'fill',
  'fill-opacity',
  'stroke',
  'stroke-width',
  'stroke-opacity',
  'stroke-dasharray',
  'stroke-linecap',
  'stroke-linejoin',
  'paint-order',
  'font-family',
  'font-size',
  'font-weight',
  'font-style',
  'text-anchor',
  'opacity',
] as const;

/** Elements a drawing may consist of; anything else is left out. */
const kept: ReadonlySet<string> = new Set([
  'circle',
  'defs',
  'ellipse',
  'g',
  'line',
  'path',
  'pattern',
  'polygon',
  'polyline',
  'rect',
  'svg',
  'text',
  'title',
  'tspan',
]);

/** Attributes of the geometry; classes, names and keys of the page stay behind. */
const geometry: ReadonlySet<string> = new Set([
  'cx',
  'cy',
  'd',
  'dx',
  'dy',
  'height',
  'id',
  'patternTransform',
  'patternUnits',
  'points',
  'r',
  'rx',
  'ry',
  'text-anchor',
  'transform',
  'viewBox',
  'width',
  'x',
  'x1',
  'x2',
  'y',
  'y1',
  'y2',
]);

/**
 * A copy of a drawn element that needs neither style sheet nor script.
 * @param without classes of elements to leave out
 */
export function plainCopy(element: SVGElement, without: readonly string[] = []): SVGElement {
  const colours = colourReader(element.ownerDocument);
  return (
    copyOf(element, null, { colours, without }) ??
    element.ownerDocument.createElementNS(svgSpace, 'g')
  );
}

const svgSpace = 'http://www.w3.org/2000/svg';

interface Manner {
  readonly colours: ColourReader;
  readonly without: readonly string[];
}

function copyOf(
  element: SVGElement,
  parent: CSSStyleDeclaration | null,
  manner: Manner,
): SVGElement | null {
  const { document, window } = surroundings(element);
  if (!kept.has(element.localName)) return null;
  if (manner.without.some((name) => element.classList.contains(name))) return null;
  const style = window.getComputedStyle(element);
  if (style.display === 'none' && element.localName !== 'title') return null;
  const copy = document.createElementNS(svgSpace, element.localName);
  for (const { name, value } of element.attributes) {
    if (geometry.has(name)) copy.setAttribute(name, value);
  }
  if (element.localName === 'title') {
    copy.textContent = plainText(element.textContent ?? '');
    return copy;
  }
  if (style.visibility === 'hidden') copy.setAttribute('visibility', 'hidden');
  writeStyle(copy, style, parent, manner.colours);
  if (element instanceof window.SVGTextElement) keepLength(copy, element);
  for (const child of element.childNodes) {
    if (child.nodeType === window.Node.TEXT_NODE) copy.append(plainText(child.textContent ?? ''));
    else if (child instanceof window.SVGElement) {
      const inner = copyOf(child, style, manner);
      if (inner !== null) copy.append(inner);
    }
  }
  return copy;
}

/** The text keeps its length in whatever typeface it is shown, so that it fits where it stands. */
function keepLength(copy: SVGElement, text: SVGTextElement): void {
  const length = text.getComputedTextLength();
  if (length === 0) return;
  copy.setAttribute('textLength', length.toFixed(1));
  copy.setAttribute('lengthAdjust', 'spacingAndGlyphs');
}

/** XML has no place for control characters, however they are written. */
export function plainText(text: string): string {
  return text.replace(/[\p{Cc}\p{Cs}\uFFFE\uFFFF]/gu, '\uFFFD');
}

function surroundings(element: SVGElement) {
  const document = element.ownerDocument;
  const window = document.defaultView;
  if (window === null) throw new Error('the drawing stands in no window');
  return { document, window };
}

/** Writes what differs from the element around it. */
function writeStyle(
  copy: SVGElement,
  style: CSSStyleDeclaration,
  parent: CSSStyleDeclaration | null,
  colours: ColourReader,
): void {
  for (const name of properties) {
    const value = style.getPropertyValue(name);
    const usual = name === 'opacity' ? '1' : (parent?.getPropertyValue(name) ?? null);
    if (value === '' || value === usual) continue;
    if (name !== 'fill' && name !== 'stroke') {
      copy.setAttribute(name, value.replaceAll('"', "'").replace(/px$/, ''));
      continue;
    }
    const { colour, opacity } = colours(value);
    copy.setAttribute(name, colour);
    if (opacity !== null) copy.setAttribute(`${name}-opacity`, opacity);
  }
}

type ColourReader = (value: string) => { colour: string; opacity: string | null };

/**
 * Reads colours as the page computed them, in whatever notation, and says them as every program
 * knows them.
 */
function colourReader(document: Document): ColourReader {
  const context = document.createElement('canvas').getContext('2d', { willReadFrequently: true });
  const known = new Map<string, ReturnType<ColourReader>>();
  return (value) => {
    if (value === 'none' || value.startsWith('url(')) {
      return { colour: value.replaceAll('"', ''), opacity: null };
    }
    const before = known.get(value);
    if (before !== undefined) return before;
    if (context === null) return { colour: value, opacity: null };
    context.clearRect(0, 0, 1, 1);
    context.fillStyle = value;
    context.fillRect(0, 0, 1, 1);
    const [red = 0, green = 0, blue = 0, alpha = 255] = context.getImageData(0, 0, 1, 1).data;
    const hex = [red, green, blue].map((part) => part.toString(16).padStart(2, '0')).join('');
    const opacity = alpha === 255 ? null : (alpha / 255).toFixed(3);
    const read = {
      colour: alpha === 0 ? 'none' : `#${hex}`,
      opacity: alpha === 0 ? null : opacity,
    };
    known.set(value, read);
    return read;
  };
}
