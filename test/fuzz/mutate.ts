/** A small generator of numbers: the same seed, the same inputs, in every run. */
export type Draw = (below: number) => number;

export function drawFrom(seed: number): Draw {
  let state = (seed ^ 0x9e3779b9) >>> 0;
  return (below) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
}

/** Inputs to begin with, and words that mean something to the reader under test. */
export interface Seeds {
  readonly corpus: readonly string[];
  readonly words: readonly string[];
}

const longest = 60_000;

/** One input: an item of the corpus, changed one to eight times. Characters stand for octets. */
export function mutated({ corpus, words }: Seeds, draw: Draw): string {
  const pick = (items: readonly string[]): string => items[draw(items.length)] ?? '';
  let text = pick(corpus);
  for (let change = draw(8); change >= 0; change -= 1) {
    const at = draw(text.length + 1);
    const span = draw(2) === 0 ? draw(8) : draw(200);
    const [before, after] = [text.slice(0, at), text.slice(at)];
    switch (draw(10)) {
      case 0:
        text = before + String.fromCharCode(draw(256)) + after.slice(1);
        break;
      case 1:
        text = before + after.slice(span);
        break;
      case 2:
        text = before + after.slice(0, span).repeat(2 + draw(40)) + after.slice(span);
        break;
      case 3:
        text = before + pick(words) + after;
        break;
      case 4:
        text = before + pick(words) + after.slice(span);
        break;
      case 5: {
        const other = pick(corpus);
        text = before + other.slice(draw(other.length + 1));
        break;
      }
      case 6:
        text = before;
        break;
      case 7:
        text = onLines(text, draw);
        break;
      case 8:
        text = text.replace(/\d+/g, (number) =>
          draw(4) === 0 ? (numbers[draw(numbers.length)] ?? '') : number,
        );
        break;
      default:
        text = before + pick(words).repeat(1 + draw(300)) + after;
    }
    text = text.slice(0, longest);
  }
  return text;
}

const numbers = [
  '0',
  '-1',
  '00',
  '65536',
  '2147483648',
  '4294967296',
  '18446744073709551616',
  '1e9',
];

/** Lines swapped, doubled, left out, folded or ended otherwise. */
function onLines(text: string, draw: Draw): string {
  const lines = text.split('\n');
  const [one, other] = [draw(lines.length), draw(lines.length)];
  switch (draw(5)) {
    case 0:
      [lines[one], lines[other]] = [lines[other] ?? '', lines[one] ?? ''];
      break;
    case 1:
      lines.splice(one, 0, lines[other] ?? '');
      break;
    case 2:
      lines.splice(one, 1 + draw(3));
      break;
    case 3:
      lines[one] = ` ${lines[one] ?? ''}`;
      break;
    default:
      return lines.join(draw(2) === 0 ? '\r\n' : '\n\n');
  }
  return lines.join('\n');
}
