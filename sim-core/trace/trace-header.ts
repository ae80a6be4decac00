import type { Micros } from '../base/micros.ts';
import type { NodeId } from '../kernel/node.ts';

/** Which part a node plays in the source texts' figures; null for proxies and bystanders. */
export type Party = 'A' | 'B' | 'S' | 'R';

export interface TraceNode {
  readonly id: NodeId;
  /** As written in the scenario: `'client-a'`. */
  readonly name: string;
  /** As the figures call it: `'CMR Client-A'`. */
  readonly title: string;
  readonly role: string;
  readonly party: Party | null;
  /** IP address, without port. */
  readonly address: string;
  /** How long after its arrival a sound is heard here, in µs. */
  readonly jitterBuffer: Micros;
}

export interface TraceLink {
  readonly name: string;
  readonly between: readonly [NodeId, NodeId];
}

/** What a reader of records must know beside them. */
export interface TraceHeader {
  readonly schemaVersion: number;
  /** Version of the engine that computed the run. */
  readonly engine: string;
  readonly scenario: string;
  readonly title: string;
  readonly seed: number;
  readonly profile: string;
  /** How the CMR Server delivers resources; `'auto'`: by what it chooses; `'none'`: not at all. */
  readonly mode: 'application-server' | 'gateway' | 'http' | 'auto' | 'none';
  /** Whom it rings: the caller (`'cmrbt'`), the called party (`'cmrt'`), or both. */
  readonly services: readonly ('cmrbt' | 'cmrt')[];
  /** Every switch in force, with its value. */
  readonly switches: Readonly<Record<string, string>>;
  /** Switches whose reading is the text's own: a rule pack has it so. No run has any. */
  readonly settled?: readonly string[];
  readonly nodes: readonly TraceNode[];
  readonly links: readonly TraceLink[];
}

/** How a run came to its end. */
export type Ended = 'quiet' | 'time limit' | 'event limit';
