import type { Party } from '../trace/trace-header.ts';

/** A message as an order of messages names it. */
export interface OrderedHop {
  /** In short: `'180'`, `'200 (UPDATE)'`, `'play'`. */
  readonly text: string;
  /** Of the Continue flow. */
  readonly step: number | null;
  readonly from: Party | null | undefined;
  readonly to: Party | null | undefined;
}

/** One end of an order: which message, and which moment of it. */
export interface OrderEnd {
  readonly when: 'leaves' | 'arrives';
  readonly matches: (hop: OrderedHop) => boolean;
}

/** "The one, then the other", as a clause wants it. */
export interface DemandedOrder {
  readonly clause: string;
  readonly what: string;
  readonly orders: readonly [first: OrderEnd, then: OrderEnd];
}

/** The orders in time that clauses ask for, between two messages. */
export const demandedOrders: readonly DemandedOrder[] = [
  {
    clause: 'R-PRK-12',
    what: 'the PRACK arrives, then the 200 to the INVITE leaves towards Client-A',
    orders: [arrives('PRACK', 'A', 'S'), leaves('200 (INVITE)', 'S', 'A')],
  },
  {
    clause: 'R-UPD-03',
    what: 'the PRACK arrives, then the UPDATE leaves towards Client-A',
    orders: [arrives('PRACK', 'A', 'S'), leaves('UPDATE', 'S', 'A')],
  },
  {
    clause: 'CON-SRV-04',
    what: "Client-B's 200 is acknowledged, then the re-INVITE leaves",
    orders: [leaves('ACK', 'S', 'B'), leaves('re-INVITE', 'S', 'B')],
  },
  {
    clause: 'CON-SRV-08',
    what: 'the UPDATE is answered, then the 200 leaves towards Client-A',
    orders: [arrives('200 (UPDATE)', 'A', 'S'), leaves('200 (INVITE)', 'S', 'A')],
  },
  {
    clause: 'CON-SRV-09',
    what: "Client-A's ACK arrives, then the mixing is ordered",
    orders: [arrives('ACK', 'A', 'S'), leaves('mix', 'S', 'R')],
  },
  {
    clause: 'DEL-GW-SRV-07',
    what: 'the UPDATE leaves, then the 200 towards Client-A',
    orders: [leaves('UPDATE', 'S', 'A'), leaves('200 (INVITE)', 'S', 'A')],
  },
  {
    clause: 'DEL-AS-SRV-04',
    what: 'the PRACK with the early answer arrives, then the ring is ordered',
    orders: [arrives('PRACK', 'A', 'S'), leaves('play', 'S', 'R')],
  },
  {
    clause: 'DEL-GW-SRV-06',
    what: "Client-B's 200 arrives, then the ring is stopped",
    orders: [arrives('200 (INVITE)', 'B', 'S'), leaves('stop', 'S', 'R')],
  },
  {
    clause: 'R-OA-19',
    what: "the session's answer arrives, then the first media do",
    orders: [
      {
        when: 'arrives',
        matches: ({ text, to }) => /^(?:18\d|200 \(INVITE\))$/.test(text) && to === 'A',
      },
      { when: 'arrives', matches: ({ text, to }) => /^(?:audio|video)$/.test(text) && to === 'A' },
    ],
  },
  ...continueSteps(),
];

/** Each step of the flow after the one before it. */
function continueSteps(): DemandedOrder[] {
  return Array.from({ length: 10 }, (_, at): DemandedOrder => {
    const step = at + 2;
    return {
      clause: `FLOW-CON-${String(step).padStart(2, '0')}`,
      what: `step ${step - 1}, then step ${step}`,
      orders: [
        { when: 'leaves', matches: (hop) => hop.step === step - 1 },
        { when: 'leaves', matches: (hop) => hop.step === step },
      ],
    };
  });
}

function leaves(text: string, from: Party, to: Party): OrderEnd {
  return { when: 'leaves', matches: (hop) => isHop(hop, text, from, to) };
}

function arrives(text: string, from: Party, to: Party): OrderEnd {
  return { when: 'arrives', matches: (hop) => isHop(hop, text, from, to) };
}

function isHop(hop: OrderedHop, text: string, from: Party, to: Party): boolean {
  return hop.text === text && hop.from === from && hop.to === to;
}
