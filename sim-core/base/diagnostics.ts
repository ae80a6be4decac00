import { clause, type ClauseId } from './clause-id.ts';

/**
 * What is worth a look although no clause calls it a breach, each under a code: E, it is wrong and
 * no message shows it; W, it is legal and costs something; I, it is a matter of taste.
 */
export interface Diagnostic {
  readonly code: string;
  /** What it is about: a rule whose verdict tells it, or a gap of the texts. */
  readonly about: readonly [ClauseId, ...ClauseId[]];
  /** Where it is told: among a run's warnings, or in the verdict of its rule. */
  readonly told: 'warning' | 'verdict';
  /** One sentence. */
  readonly says: string;
}

const table = [
  {
    code: 'E-LEGS-INCONSISTENT',
    about: [clause('GAP-09')],
    told: 'warning',
    says: 'At the end Client-B sends by a description that Client-A has replaced by another.',
  },
  {
    code: 'W-2XX-RETX',
    about: [clause('GAP-03')],
    told: 'warning',
    says: 'Client-B repeats its 200 to the re-INVITE because its ACK is kept back.',
  },
  {
    code: 'W-DUAL-SOURCE',
    about: [clause('GAP-28')],
    told: 'warning',
    says: 'RTP of two sources arrives at one port of Client-A at the same time.',
  },
  {
    code: 'W-LATE-LOSS',
    about: [clause('GAP-28')],
    told: 'warning',
    says: 'RTP packets reach a terminal after their turn in its jitter buffer.',
  },
  {
    code: 'I-RING-BEFORE-180',
    about: [clause('GAP-41'), clause('GAP-29')],
    told: 'warning',
    says: 'The ring is played to Client-A before Client-B is alerted.',
  },
  {
    code: 'I-ANSWER-WITHHELD',
    about: [clause('GAP-41'), clause('R-OA-03')],
    told: 'warning',
    says: "Client-B's early answer does not reach Client-A: an announcement would not be heard.",
  },
  {
    code: 'I-NO-CMRT-IN-GW',
    about: [clause('GAP-24')],
    told: 'warning',
    says: 'A ring tone is subscribed, and Gateway Mode has none: Client-B rings as usual.',
  },
  {
    code: 'I-NO-CONT-IN-HTTP',
    about: [clause('CON-GEN-04')],
    told: 'warning',
    says: 'The ring was to go on after the answer, which HTTP Mode does not know.',
  },
  {
    code: 'I-503-AS-500',
    about: [clause('R-DLG-09')],
    told: 'warning',
    says: "Client-B's 503 reaches Client-A as 500, as RFC 3261 §16.7 asks of proxies.",
  },
  {
    code: 'I-SUPPORTED-IN-1XX',
    about: [clause('R-MSG-18'), clause('GAP-14')],
    told: 'verdict',
    says: 'A provisional response has Supported, which RFC 3261 lists for requests and 2xx.',
  },
  {
    code: 'I-ES-OFFER-IN-PRACK',
    about: [clause('R-ES-11'), clause('GAP-15')],
    told: 'verdict',
    says: 'A PRACK brings the first offer of an early session, off the usual patterns.',
  },
] as const satisfies readonly Diagnostic[];

export const diagnosticTable: readonly Diagnostic[] = table;

type Row = (typeof table)[number];

/** Codes of what a run warns of. */
export type WarningCode = Extract<Row, { readonly told: 'warning' }>['code'];

/** Codes that stand before what a rule remarks. */
type RemarkCode = Extract<Row, { readonly told: 'verdict' }>['code'];

/** What a rule remarks, under its code. */
export function remark(code: RemarkCode, says: string): string {
  return `${code}: ${says}`;
}

export const warningCodes: readonly WarningCode[] = table.flatMap((row) =>
  row.told === 'warning' ? [row.code] : [],
);
