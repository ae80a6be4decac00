/** A report before it is set in any format: tables of plain text, and the same as data. */
export interface RequirementReport {
  /** `'matrix'`, `'mutation'`: what a reader of the JSON goes by. */
  readonly name: string;
  readonly title: string;
  /** Sentences above the tables: what is counted, and the sum. */
  readonly notes: readonly string[];
  readonly tables: readonly ReportTable[];
  /** One row a fact, for the CSV format, where the tables are made for people. */
  readonly facts?: ReportTable;
  /** What the JSON format holds; plain data. */
  readonly data: Readonly<Record<string, unknown>>;
}

export interface ReportTable {
  /** Empty where one table is all there is. */
  readonly title: string;
  readonly columns: readonly string[];
  readonly rows: readonly (readonly string[])[];
  /** Lines to be shown as they are below the table: ladders. */
  readonly listing?: readonly string[];
}

export const reportFormats = ['text', 'json', 'csv', 'markdown', 'html'] as const;
export type ReportFormat = (typeof reportFormats)[number];
