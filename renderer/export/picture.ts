import { svgText, type Figure } from './figure.ts';

/** Pixels of a picture for each px of the page. */
const density = 2;
/** More than this no canvas holds. */
const sideMost = 16_000;

/**
 * The figure as PNG, at twice the page's resolution.
 * @param fonts style sheet texts with the page's typefaces in them: a picture loads none itself
 * @throws Error with a sentence to show, for a figure too high for a picture
 */
export async function pngOf(figure: Figure, fonts: string): Promise<Uint8Array> {
  const { svg, width, height } = figure;
  const document = svg.ownerDocument;
  if (Math.max(width, height) * density > sideMost) {
    throw new Error('This ladder is too high for a picture: export SVG, or what is shown.');
  }
  const style = document.createElementNS('http://www.w3.org/2000/svg', 'style');
  style.textContent = fonts;
  svg.prepend(style);
  const address = URL.createObjectURL(new Blob([svgText(figure)], { type: 'image/svg+xml' }));
  style.remove();
  try {
    const image = new Image();
    image.src = address;
    await image.decode();
    const canvas = document.createElement('canvas');
    canvas.width = Math.round(width * density);
    canvas.height = Math.round(height * density);
    const context = canvas.getContext('2d');
    if (context === null) throw new Error('This browser draws no pictures.');
    context.drawImage(image, 0, 0, canvas.width, canvas.height);
    const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/png'));
    if (blob === null) throw new Error('This browser could not make a picture of it.');
    return new Uint8Array(await blob.arrayBuffer());
  } finally {
    URL.revokeObjectURL(address);
  }
}

/** The page's own typefaces as a style sheet that brings them along. */
export async function fontsInside(document: Document): Promise<string> {
  const rules = [...document.styleSheets].flatMap((sheet) => [...sheet.cssRules]);
  const wanted = rules.filter(
    (rule) => rule instanceof CSSFontFaceRule && /latin-wght-normal|latin-400/.test(rule.cssText),
  );
  const texts = await Promise.all(wanted.map((rule) => withFontInside(rule.cssText, document)));
  return texts.join('\n');
}

async function withFontInside(rule: string, document: Document): Promise<string> {
  const address = /url\("?([^")]+\.woff2)"?\)/.exec(rule)?.[1];
  if (address === undefined) return '';
  const sheet = document.querySelector<HTMLLinkElement>('link[rel="stylesheet"]');
  const response = await fetch(new URL(address, sheet?.href ?? document.baseURI));
  const bytes = new Uint8Array(await response.arrayBuffer());
  let binary = '';
  for (const byte of bytes) binary += String.fromCharCode(byte);
  return rule.replace(/src:[^;]+;/, `src: url(data:font/woff2;base64,${btoa(binary)});`);
}
