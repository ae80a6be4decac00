/**
 * The door for whoever writes a finished run out, for documents and for other tools. Nothing in
 * here runs a simulation: the window loads it when somebody exports.
 */
export { asciiLadder, asciiOnly } from './export/documents/ascii-ladder.ts';
export type { Chosen } from './export/documents/document-rows.ts';
export { jsonReport, jsonSchemaVersion, runAsJson } from './export/documents/json-summary.ts';
export { markdownTable } from './export/documents/markdown-table.ts';
export { mermaidDiagram } from './export/documents/mermaid-diagram.ts';
export { ndjsonLines } from './export/documents/ndjson-lines.ts';
export { plantumlDiagram } from './export/documents/plantuml-diagram.ts';
export { figureAsMarkdown } from './export/figure/figure-as-markdown.ts';
export { figureAsSvg } from './export/figure/figure-as-svg.ts';
export { figureAsText } from './export/figure/figure-as-text.ts';
export { figureOf, type Figure } from './export/figure/figure-of-run.ts';
export { pcapngOf, type LostPackets } from './export/pcapng/pcapng-of-run.ts';
