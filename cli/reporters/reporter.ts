import type { Report } from '../run-files.ts';

/** Where a reporter's text goes: standard output, or a file that is whole or not there. */
export interface Sink {
  write(text: string): void;
  /** After the last text; a file appears only now. */
  close(): Promise<void>;
}

/** How all files together came out. */
export interface Summary {
  /** Files that gave no run: unreadable, or with problems. */
  readonly notRun: number;
  readonly interrupted: boolean;
}

/** Told of every run as it ends, and of the end of all. */
export interface Reporter {
  report(report: Report): void;
  end(summary: Summary): void;
}
