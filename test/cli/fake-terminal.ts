import type { Terminal } from '../../cli/terminal.ts';

export interface FakeTerminal {
  readonly terminal: Terminal;
  /** What went to standard output so far. */
  out(): string;
  /** The same, of what is no text. */
  bytes(): Uint8Array;
  err(): string;
}

/** A terminal that remembers; a pipe unless said otherwise. */
export function fakeTerminal(given: Partial<Terminal> = {}, stdin = ''): FakeTerminal {
  const outs: string[] = [];
  const errs: string[] = [];
  const chunks: Uint8Array[] = [];
  return {
    terminal: {
      out: (text) => void outs.push(text),
      outBytes: (bytes) => void chunks.push(bytes),
      err: (text) => void errs.push(text),
      program: null,
      outIsTerminal: false,
      errIsTerminal: false,
      columns: null,
      errColumns: null,
      environment: {},
      readStdin: async () => new TextEncoder().encode(stdin),
      interrupted: () => false,
      ...given,
    },
    out: () => outs.join(''),
    bytes: () => Buffer.concat(chunks),
    err: () => errs.join(''),
  };
}
