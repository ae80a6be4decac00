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

/** The run as a PlantUML sequence diagram; the colours are those of the legs, on white. */
export function plantumlDiagram(run: Run, chosen: Chosen = null): string {
  const lifelines = lifelinesOf(run);
  const names = new Map(lifelines.map(({ id }, index) => [id, `p${index}`]));
  const name = (id: NodeId): string => names.get(id) ?? 'p0';
  return [
    '@startuml',
    `title ${plantumlText(run.header.title)}`,
    'hide footbox',
    ...lifelines.map(({ title }, index) => `participant "${plantumlText(title)}" as p${index}`),
    ...documentRows(run, chosen).map((row) => lineOf(row, name)),
    `footer ${plantumlText(footerOf(run))}`,
    '@enduml',
    '',
  ].join('\n');
}

function lineOf(row: DocumentRow, name: (id: NodeId) => string): string {
  switch (row.kind) {
    case 'message': {
      const { view } = row;
      const says = `${messageText(view)}, ${printMilliseconds(view.sentAt)} ms`;
      return `${name(view.from)} ${arrowOf(view)} ${name(view.to)} : ${plantumlText(says)}`;
    }
    case 'act':
      return `note over ${name(row.node)} : ${plantumlText(row.says)}`;
    case 'silence':
      return `... ${plantumlText(silenceText(row.lasts))} ...`;
  }
}

/** The hues of the light theme: on paper they keep their contrast. */
const hues: Readonly<Record<MessageView['leg'], string>> = {
  A: '#1f5fd6',
  B: '#9c5c00',
  R: '#004d3d',
  media: '#004d3d',
};

function arrowOf({ isRequest, lost, leg }: MessageView): string {
  const shaft = isRequest || leg === 'media' ? `-[${hues[leg]}]` : `-[${hues[leg]}]-`;
  if (lost) return `${shaft}>x`;
  return leg === 'media' ? `${shaft}>>` : `${shaft}>`;
}

/**
 * Text on one line as PlantUML reads it: whatever its wiki markup, its preprocessor or a quoted
 * name could take for more than a character is named by its number.
 */
export function plantumlText(words: string): string {
  return visible(words)
    .replace(/[^\p{L}\p{N} .,:()+'’→–-]/gu, (sign) => byNumber(sign))
    .replace(/--|\.\.\.|::/g, (signs) => Array.from(signs, byNumber).join(''));
}

function byNumber(sign: string): string {
  return `<U+${(sign.codePointAt(0) ?? 63).toString(16).toUpperCase().padStart(4, '0')}>`;
}
