import { printMilliseconds } from '../../base/micros.ts';
import { visible } from '../../base/text-problems.ts';
import type { NodeId } from '../../kernel/node.ts';
import type { Run } from '../../run/run.ts';
import type { MessageView } from '../../trace/message-view.ts';
import {
  documentRows,
  footerOf,
  lifelinesOf,
  messageText,
  silenceText,
  type Chosen,
  type DocumentRow,
} from './document-rows.ts';

/** The run as a Mermaid sequence diagram. Mermaid draws no times and no slopes: labels say them. */
export function mermaidDiagram(run: Run, chosen: Chosen = null): string {
  const lifelines = lifelinesOf(run);
  const names = new Map(lifelines.map(({ id }, index) => [id, `p${index}`]));
  const name = (id: NodeId): string => names.get(id) ?? 'p0';
  const across = `p0,p${Math.max(0, lifelines.length - 1)}`;
  return [
    '---',
    `title: ${quoted(visible(run.header.title))}`,
    '---',
    'sequenceDiagram',
    `  %% ${footerOf(run)}`,
    ...lifelines.map(({ title }, index) => `  participant p${index} as ${mermaidText(title)}`),
    ...documentRows(run, chosen).map((row) => `  ${lineOf(row, name, across)}`),
    `  Note over ${across}: ${mermaidText(footerOf(run))}`,
    '',
  ].join('\n');
}

/** A string of JSON is a string of YAML; what looks like markup stays out of the page's sight. */
function quoted(words: string): string {
  return JSON.stringify(words).replace(
    /[&<>]/g,
    (sign) => String.raw`\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

function lineOf(row: DocumentRow, name: (id: NodeId) => string, across: string): string {
  switch (row.kind) {
    case 'message': {
      const { view } = row;
      const says = `${messageText(view)}, ${printMilliseconds(view.sentAt)} ms`;
      return `${name(view.from)}${arrowOf(view)}${name(view.to)}: ${mermaidText(says)}`;
    }
    case 'act':
      return `Note over ${name(row.node)}: ${mermaidText(row.says)}`;
    case 'silence':
      return `Note over ${across}: ${mermaidText(silenceText(row.lasts))}`;
  }
}

/** Requests solid, responses dashed, media with an open head, lost ones with a cross. */
function arrowOf({ isRequest, lost, leg }: MessageView): string {
  const shaft = isRequest || leg === 'media' ? '-' : '--';
  if (lost) return `${shaft}x`;
  return leg === 'media' ? `${shaft})` : `${shaft}>>`;
}

/**
 * Text on one line as Mermaid reads it: everything it could take for markup, for the end of a
 * statement or for an entity of its own is an entity.
 */
export function mermaidText(words: string): string {
  return visible(words).replace(
    /[^\p{L}\p{N} .,:()+/'’→–-]/gu,
    (sign) => `#${sign.codePointAt(0) ?? 63};`,
  );
}
