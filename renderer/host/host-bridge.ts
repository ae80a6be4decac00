/** A scenario file the person chose. The renderer knows its handle and name, never its path. */
export interface OpenedScenario {
  /** Names the file in later calls of the same window; it means nothing outside it. */
  handle: string;
  /** The file's name without its folder, for titles and problem messages. */
  name: string;
  text: string;
}

/**
 * What the renderer asks of its host: Electron's main process, or the browser it runs in.
 * Every promise is rejected with an Error whose message can be shown to the person as it stands.
 */
export interface HostBridge {
  readonly platform: 'electron' | 'browser';
  /** Lets the person choose a scenario file; null when they change their mind. */
  openScenario(): Promise<OpenedScenario | null>;
  /** Writes to the file behind the handle, unless somebody else wrote to it since it was read. */
  saveScenario(handle: string, text: string): Promise<'saved' | 'changed on disk'>;
  /** Lets the person choose where to write; null when they change their mind. */
  saveScenarioAs(suggestedName: string, text: string): Promise<OpenedScenario | null>;
  /** Writes a ladder, a trace or a capture to where the person says. */
  exportFile(suggestedName: string, contents: Uint8Array): Promise<'saved' | 'cancelled'>;
  /** Ringscope's version, as in package.json. */
  version(): Promise<string>;
}
