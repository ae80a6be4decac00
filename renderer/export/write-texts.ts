import {
  asciiLadder,
  jsonReport,
  markdownTable,
  mermaidDiagram,
  ndjsonLines,
  pcapngOf,
  plantumlDiagram,
  type Chosen,
} from '../../sim-core/exporting.ts';
import type { Run } from '../../sim-core/reading.ts';
import type { ExportFormat } from './formats.ts';

/** The formats that are made of the records alone. */
export type TextFormat = Extract<
  ExportFormat,
  'ascii' | 'markdown' | 'mermaid' | 'plantuml' | 'json' | 'ndjson'
>;

const columns = 72;

/** @param fileName what the scenario's file is called */
export function textOf(format: TextFormat, run: Run, chosen: Chosen, fileName: string): string {
  switch (format) {
    case 'ascii':
      return asciiLadder(run, columns, chosen);
    case 'markdown':
      return markdownTable(run, chosen);
    case 'mermaid':
      return mermaidDiagram(run, chosen);
    case 'plantuml':
      return plantumlDiagram(run, chosen);
    case 'json':
      return jsonReport(run, fileName);
    case 'ndjson':
      return `${[...ndjsonLines(run, fileName)].join('\n')}\n`;
  }
}

export function captureOf(run: Run): Uint8Array {
  return pcapngOf(run, 'keep').bytes;
}
