/** A scenario file the person chose. The renderer knows its handle and name, never its path. */
export interface OpenedScenario {
  /** Names the file in later calls of the same window; it means nothing outside it. */
  handle: string;
  /** The file's name without its folder, for titles and problem messages. */
  name: string;
  /** Empty for a run bundle. */
  text: string;
  /** The bytes of a run bundle; absent for a scenario. */
  bundle?: Uint8Array;
}

/** Unsaved text, kept where a crash does not reach it; what is in `text` is the page's business. */
export interface KeptDraft {
  id: string;
  text: string;
}

/** A file that was open before: `id` opens it again. */
export interface RecentFile {
  id: string;
  name: string;
}

/** What the host tells the page: a file was opened from outside, or a menu was used. */
export type HostEvent =
  | { kind: 'open'; file: OpenedScenario }
  | { kind: 'menu'; action: string }
  | { kind: 'problem'; says: string };

/**
 * What the renderer asks of its host: Electron's main process, or the browser it runs in.
 * Every promise is rejected with an Error whose message can be shown to the person as it stands.
 */
export interface HostBridge {
  readonly platform: 'electron' | 'browser';
  /** Lets the person choose a scenario file or a run bundle; null when they change their mind. */
  openScenario(): Promise<OpenedScenario | null>;
  /** Writes to the file behind the handle, unless somebody else wrote to it since it was read. */
  saveScenario(handle: string, text: string): Promise<'saved' | 'changed on disk'>;
  /** Lets the person choose where to write; null when they change their mind. */
  saveScenarioAs(suggestedName: string, text: string): Promise<OpenedScenario | null>;
  /** Writes a ladder, a trace or a capture to where the person says. */
  exportFile(suggestedName: string, contents: Uint8Array): Promise<'saved' | 'cancelled'>;
  /** Prints the page as its style sheet for paper says: to a PDF, or by the browser's dialog. */
  printPage(suggestedName: string): Promise<'saved' | 'cancelled'>;
  /** Files opened before, the last one first. */
  recentFiles(): Promise<readonly RecentFile[]>;
  /** Opens one of those again. */
  openRecent(id: string): Promise<OpenedScenario>;
  /** Keeps a draft in the place of the one with the same id. */
  keepDraft(id: string, text: string): Promise<'kept'>;
  dropDraft(id: string): Promise<'dropped'>;
  drafts(): Promise<readonly KeptDraft[]>;
  /** Calls the listener for everything that comes from outside the page. */
  heed(listener: (event: HostEvent) => void): void;
  /** Ringscope's version, as in package.json. */
  version(): Promise<string>;
}
