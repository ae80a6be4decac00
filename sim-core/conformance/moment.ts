import type { Micros } from '../base/micros.ts';
import type { RecordNumber } from '../kernel/trace-record.ts';
import { look, sights } from '../base/looking.ts';

/** Something that happened: its record and its instant. */
export interface Happening {
  readonly record: RecordNumber;
  readonly at: Micros;
}

/** A happening that notes when a judge asks for its instant. Copied field by field it has none. */
export class Moment implements Happening {
  // Declared only: a field that is defined as well costs each of many thousands a little more.
  declare readonly record: RecordNumber;
  declare protected readonly instant: Micros;

  constructor(record: RecordNumber, at: Micros) {
    this.record = record;
    this.instant = at;
  }

  get at(): Micros {
    look(sights.all);
    return this.instant;
  }
}
