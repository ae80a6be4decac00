/** What the commands need of the world they run in; `main.ts` gives the real one. */
export interface Terminal {
  /** Results. Nothing else goes here, so that machines can read it. */
  out(text: string): void;
  /** Results that are no text; never given to a terminal. */
  outBytes(bytes: Uint8Array): void;
  /** Everything said to people beside the results. */
  err(text: string): void;
  readonly outIsTerminal: boolean;
  readonly errIsTerminal: boolean;
  /** Of the terminal behind `out`, or null where there is none. */
  readonly columns: number | null;
  /** The same behind `err`. */
  readonly errColumns: number | null;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** At most that many bytes of standard input, and one more where there is more. */
  readStdin(bytesMost: number): Promise<Uint8Array>;
  /** The file of the running program, to start threads of it; null where it cannot be had. */
  readonly program: string | null;
  /** Whether the user has asked to stop. */
  interrupted(): boolean;
}

/** NO_COLOR (no-color.org) and pipes turn colour off; so does --no-color. */
export function wantsColour(terminal: Terminal, flag: boolean): boolean {
  const noColour = terminal.environment['NO_COLOR'];
  const asked = noColour === undefined || noColour === '';
  return flag && asked && terminal.outIsTerminal && terminal.environment['TERM'] !== 'dumb';
}

const usualWidth = 100;
export const widthLeast = 60;
export const widthMost = 400;

/** The width asked for; otherwise 100 columns, or what the terminal has of them. */
export function widthFor(terminal: Terminal, asked: number | undefined): number {
  if (asked !== undefined) return asked;
  if (!terminal.outIsTerminal || terminal.columns === null) return usualWidth;
  return Math.max(widthLeast, Math.min(usualWidth, terminal.columns));
}
