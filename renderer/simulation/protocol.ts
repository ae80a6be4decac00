import type {
  ChoiceMade,
  Clause,
  RecordNumber,
  Run,
  StatesAround,
  TraceHeader,
  TraceRecord,
} from '../../sim-core/reading.ts';
import type { Changes } from '../store/changes.ts';
import type { JudgedClauses } from '../store/library-store.ts';
import type { Levers } from '../store/levers.ts';

/** What is wrong with a scenario file, and where. */
export interface ScenarioProblem {
  /** Both counted from 1. */
  readonly line: number;
  readonly column: number;
  /** Characters it is about. */
  readonly length: number;
  /** Where in the scenario: `'nodes.client-a.port'`; empty for the file as a whole. */
  readonly path: string;
  readonly says: string;
  /** What was likely meant, or null. */
  readonly nearest: string | null;
  readonly code: string;
}

/** What the window asks of the worker; `id` names the request in every answer to it. */
export type ToSimulation =
  | {
      readonly id: number;
      readonly kind: 'run';
      readonly name: string;
      readonly text: string;
      /** Null: the scenario's own. */
      readonly seed: number | null;
      readonly changes: Changes;
    }
  /**
   * The state of every node before and after a record of that run; or what chance chose with the
   * event that made it.
   */
  | {
      readonly id: number;
      readonly kind: 'states' | 'choices';
      readonly name: string;
      readonly text: string;
      readonly seed: number | null;
      readonly changes: Changes;
      readonly record: RecordNumber;
    }
  /** As `run`, but only to know how it stands. */
  | { readonly id: number; readonly kind: 'judge'; readonly name: string; readonly text: string }
  /** Nothing more is wanted of that request. */
  | { readonly id: number; readonly kind: 'cancel' };

/** What a run came to, beside its records. */
export type RunEnd = Omit<Run, 'header' | 'records'>;

/** A run answers `begun`, any number of `records`, then `ended`; or one of the others. */
export type FromSimulation =
  | {
      readonly id: number;
      readonly kind: 'begun';
      readonly header: TraceHeader;
      readonly levers: Levers;
    }
  | {
      readonly id: number;
      readonly kind: 'records';
      readonly records: readonly TraceRecord[];
      /** A long run has yet to be judged when all of it is there; a short one is over at once. */
      readonly follows: 'more' | 'judgement' | 'end';
    }
  | {
      readonly id: number;
      readonly kind: 'ended';
      readonly end: RunEnd;
      readonly clauses: readonly Clause[];
    }
  | {
      readonly id: number;
      readonly kind: 'judged';
      readonly title: string;
      readonly standing: 'passes' | 'warns' | 'fails';
      readonly judged: JudgedClauses;
    }
  | {
      readonly id: number;
      readonly kind: 'problems';
      readonly problems: readonly ScenarioProblem[];
    }
  | { readonly id: number; readonly kind: 'states'; readonly states: StatesAround }
  | { readonly id: number; readonly kind: 'choices'; readonly choices: readonly ChoiceMade[] }
  /** The engine threw: a mistake of ours, with the sentence to report. */
  | { readonly id: number; readonly kind: 'failed'; readonly says: string };
