/** What a run can be written out as. */
export type ExportFormat =
  | 'svg'
  | 'png'
  | 'pdf'
  | 'html'
  | 'ascii'
  | 'markdown'
  | 'mermaid'
  | 'plantuml'
  | 'pcapng'
  | 'json'
  | 'ndjson'
  | 'cmrrun';

/** How much of it: what the ladder shows now, what is selected or lit, or everything. */
export type ExportScope = 'shown' | 'selection' | 'all';

interface FormatSetting {
  readonly format: ExportFormat;
  readonly says: string;
  readonly ending: string;
  /** Whether a part of the run makes sense; the others always hold the whole of it. */
  readonly parts: boolean;
  /** Whether it is text, and can go to the clipboard. */
  readonly text: boolean;
}

/** Every format, in the order in which they are offered. */
export const exportFormats: readonly FormatSetting[] = [
  { format: 'svg', says: 'Picture, SVG', ending: 'svg', parts: true, text: true },
  { format: 'png', says: 'Picture, PNG', ending: 'png', parts: true, text: false },
  { format: 'pdf', says: 'Pages, PDF', ending: 'pdf', parts: false, text: false },
  { format: 'html', says: 'Page to scrub, HTML', ending: 'html', parts: false, text: false },
  { format: 'ascii', says: 'Ladder of 72 columns', ending: 'txt', parts: true, text: true },
  { format: 'markdown', says: 'Table, Markdown', ending: 'md', parts: true, text: true },
  { format: 'mermaid', says: 'Mermaid', ending: 'mmd', parts: true, text: true },
  { format: 'plantuml', says: 'PlantUML', ending: 'puml', parts: true, text: true },
  { format: 'pcapng', says: 'Capture, pcapng', ending: 'pcapng', parts: false, text: false },
  { format: 'json', says: 'Summary, JSON', ending: 'json', parts: false, text: true },
  { format: 'ndjson', says: 'Records, NDJSON', ending: 'ndjson', parts: false, text: true },
  { format: 'cmrrun', says: 'Bundle to replay', ending: 'cmrrun', parts: false, text: false },
];
