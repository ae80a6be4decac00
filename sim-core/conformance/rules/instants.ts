import { micros, printMilliseconds } from '../../base/micros.ts';

const thinSpace = '\u2009';

/** An instant or a length of time in µs: `5 291 ms`, its thousands set off by a thin space. */
export function ms(at: number): string {
  const [whole = '', fraction] = printMilliseconds(micros(at)).split('.');
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, thinSpace);
  return `${fraction === undefined ? grouped : `${grouped}.${fraction}`} ms`;
}
