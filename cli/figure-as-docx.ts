import {
  Document,
  HeadingLevel,
  Packer,
  Paragraph,
  Table,
  TableCell,
  TableRow,
  WidthType,
} from 'docx';

import type { Figure } from '../sim-core/exporting.ts';

/** The steps of a figure as a Word document: a heading and one table. */
export async function figureAsDocx({ title, lanes, steps }: Figure): Promise<Uint8Array> {
  const rows = [
    row(['Step', 'Message', 'From', 'To', 'What happens'], true),
    ...steps.map(({ number, label, from, to, says }) =>
      row([String(number), label, lanes[from] ?? '', lanes[to] ?? '', says], false),
    ),
  ];
  const document = new Document({
    title,
    creator: 'Ringscope',
    sections: [
      {
        children: [
          new Paragraph({ text: title, heading: HeadingLevel.HEADING_2 }),
          new Table({ rows, width: { size: 100, type: WidthType.PERCENTAGE } }),
        ],
      },
    ],
  });
  return new Uint8Array(await Packer.toBuffer(document));
}

function row(cells: readonly string[], tableHeader: boolean): TableRow {
  return new TableRow({
    tableHeader,
    children: cells.map((text) => new TableCell({ children: [new Paragraph(text)] })),
  });
}
