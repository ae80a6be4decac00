import type { Party, TraceHeader } from '../trace/trace-header.ts';

/** A message as an order of messages names it. */
export interface OrderedHop {
  /** In short: `'180'`, `'200 (UPDATE)'`, `'play'`. */
  readonly text: string;
  /** Of the Continue flow. */
  readonly step: number | null;
  readonly from: Party | null | undefined;
  readonly to: Party | null | undefined;
  /** Whether it is a provisional response that waits for its PRACK. */
  readonly isReliable: boolean;
  /** Whom a command about a ring concerns; null for every other message. */
  readonly rung: 'Client-A' | 'Client-B' | null;
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
  /** What counts of several firsts is the earliest; where this is not said, the last. */
  readonly earliest?: boolean;
  /** Nothing is demanded any more once such a message has been sent. */
  readonly until?: (hop: OrderedHop) => boolean;
  /** In which calls it is demanded; where this is not said, in all. */
  readonly applies?: (header: TraceHeader) => boolean;
}

const refusal = /^[3-6]\d\d$/;
const finalToInvite = /^(?:200 \(INVITE\)|[3-6]\d\d)$/;
const provisional = /^1\d\d$/;
const ringing = /^18\d$/;
const offers = /^(?:UPDATE|re-INVITE)$/;
const answers = /^200 \((?:UPDATE|re-INVITE)\)$/;

/** The hops between a party and the CMR Server, each seen from who sends. */
const ways: readonly (readonly [from: Party, to: Party])[] = [
  ['A', 'S'],
  ['S', 'A'],
  ['S', 'B'],
  ['B', 'S'],
];

const names: Readonly<Record<Party, string>> = {
  A: 'Client-A',
  B: 'Client-B',
  S: 'the CMR Server',
  R: 'the Resource Server',
};

/** The orders in time that clauses ask for, between two messages. */
export const demandedOrders: readonly DemandedOrder[] = [
  ...ofContinue(),
  ...ofDelivery(),
  ...ways.flatMap(([from, to]) => onWay(from, to)),
  {
    clause: 'R-OA-19',
    what: "the session's answer arrives, then the first media do",
    orders: [
      arrives(/^(?:18\d|200 \(INVITE\))$/, null, 'A'),
      arrives(/^(?:audio|video)$/, null, 'A'),
    ],
    earliest: true,
  },
  {
    clause: 'R-PRE-01',
    what: 'the UPDATE that meets the preconditions arrives, then Client-B rings',
    orders: [arrives('UPDATE', 'S', 'B'), leaves('180', 'B', 'S')],
    applies: ({ switches }) => (switches['SW-PRECOND'] ?? 'off') !== 'off',
  },
  {
    clause: 'R-EM-03',
    what: 'Client-B says that it rings, then that it answers',
    orders: [leaves('180', 'B', 'S'), leaves('200 (INVITE)', 'B', 'S')],
    earliest: true,
  },
  ...continueSteps(),
];

function ofContinue(): DemandedOrder[] {
  return [
    {
      clause: 'CON-SRV-04',
      what: "Client-B's 200 is acknowledged, then the re-INVITE leaves",
      orders: [leaves('ACK', 'S', 'B'), leaves('re-INVITE', 'S', 'B')],
    },
    {
      clause: 'CON-SRV-05',
      what: 'the conference is granted, then the re-INVITE leaves',
      orders: [arrives('ok', 'R', 'S'), leaves('re-INVITE', 'S', 'B')],
    },
    {
      clause: 'CON-SRV-07',
      what: "Client-B's 200 to the re-INVITE arrives, then the UPDATE leaves towards Client-A",
      orders: [arrives('200 (re-INVITE)', 'B', 'S'), leaves('UPDATE', 'S', 'A')],
    },
    {
      clause: 'CON-SRV-08',
      what: 'the UPDATE is answered, then the 200 leaves towards Client-A',
      orders: [
        arrives('200 (UPDATE)', 'A', 'S'),
        { when: 'leaves', matches: (hop) => hop.step === 8 },
      ],
    },
    {
      clause: 'CON-SRV-09',
      what: "Client-A's ACK arrives, then the mixing is ordered",
      orders: [arrives('ACK', 'A', 'S'), leaves('mix', 'S', 'R')],
    },
  ];
}

function ofDelivery(): DemandedOrder[] {
  const inMode = (mode: TraceHeader['mode']) => (header: TraceHeader) => header.mode === mode;
  return [
    {
      clause: 'DEL-HTTP-SRV-01',
      what: "Client-B's provisional response arrives, then the one with the URL leaves",
      orders: [arrives(ringing, 'B', 'S'), leaves(ringing, 'S', 'A')],
      applies: inMode('http'),
    },
    {
      clause: 'DEL-HTTP-CLI-01',
      what: 'the URL arrives, then Client-A asks for the resource',
      orders: [arrives(ringing, 'S', 'A'), leaves('GET', 'A', 'R')],
    },
    {
      clause: 'DEL-HTTP-CLI-03',
      what: 'the URL arrives, then Client-B asks for the resource',
      orders: [arrives('INVITE', 'S', 'B'), leaves('GET', 'B', 'R')],
    },
    {
      clause: 'DEL-AS-SRV-04',
      what: 'the PRACK with the early answer arrives, then the ring is ordered',
      orders: [arrives('PRACK', 'A', 'S'), playing('Client-A')],
      applies: inMode('application-server'),
    },
    {
      clause: 'DEL-AS-SRV-05',
      what: "Client-B's final response arrives, then the ring is stopped",
      orders: [arrives(finalToInvite, 'B', 'S'), leaves('stop', 'S', 'R')],
      applies: inMode('application-server'),
      earliest: true,
    },
    {
      clause: 'DEL-AS-SRV-09',
      what: 'the 200 with the early answer arrives, then the ring tone is ordered',
      orders: [arrives(/^200 \((?:PRACK|UPDATE)\)$/, 'B', 'S'), playing('Client-B')],
      applies: inMode('application-server'),
    },
    {
      clause: 'DEL-GW-SRV-05',
      what: 'the response with the ring leaves, then the ring is ordered',
      orders: [leaves(ringing, 'S', 'A'), playing('Client-A')],
      applies: inMode('gateway'),
    },
    {
      clause: 'DEL-GW-SRV-06',
      what: "Client-B's final response arrives, then the ring is stopped",
      orders: [arrives(finalToInvite, 'B', 'S'), leaves('stop', 'S', 'R')],
      applies: inMode('gateway'),
      earliest: true,
    },
    {
      clause: 'DEL-GW-SRV-07',
      what: 'the UPDATE leaves, then the 200 towards Client-A',
      orders: [leaves('UPDATE', 'S', 'A'), leaves('200 (INVITE)', 'S', 'A')],
    },
    {
      clause: 'DEL-GW-SRV-08',
      what: 'the UPDATE is answered, then the 200 leaves towards Client-A',
      orders: [
        arrives('200 (UPDATE)', 'A', 'S'),
        {
          when: 'leaves',
          matches: (hop) => hop.step === null && isHop(hop, '200 (INVITE)', 'S', 'A'),
        },
      ],
      applies: inMode('gateway'),
    },
  ];
}

/** What SIP asks of the two ends of a hop: here of `from`, which waits for `to`. */
function onWay(from: Party, to: Party): DemandedOrder[] {
  const [own, other] = [names[from], names[to]];
  const hasAnswered = (hop: OrderedHop): boolean =>
    isHop(hop, finalToInvite, from, to) || isHop(hop, finalToInvite, to, from);
  return [
    {
      clause: 'R-PRK-05',
      what: `the PRACK of ${other} arrives, then ${own} sends its next reliable response`,
      orders: [
        arrives('PRACK', to, from),
        {
          when: 'leaves',
          matches: (hop) => hop.isReliable && isHop(hop, provisional, from, to),
        },
      ],
    },
    {
      clause: 'R-PRK-12',
      what: `the PRACK of ${other} arrives, then ${own} sends its 200 to the INVITE`,
      orders: [arrives('PRACK', to, from), leaves('200 (INVITE)', from, to)],
    },
    {
      clause: 'R-UPD-03',
      what: `the PRACK of ${other} arrives, then ${own} sends its UPDATE`,
      orders: [arrives('PRACK', to, from), leaves('UPDATE', from, to)],
      until: hasAnswered,
    },
    {
      clause: 'R-UPD-02',
      what: `${own} has its first answer, then it sends its UPDATE`,
      orders: [arrives(ringing, to, from), leaves('UPDATE', from, to)],
      until: hasAnswered,
      earliest: true,
    },
    {
      clause: 'R-UPD-04',
      what: `${own} has the answer to its offer, then it offers again`,
      orders: [arrives(answers, to, from), leaves(offers, from, to)],
    },
    {
      clause: 'R-REI-01',
      what: `the answer of ${other} arrives, then ${own} sends its re-INVITE`,
      orders: [arrives(/^200 \((?:INVITE|re-INVITE)\)$/, to, from), leaves('re-INVITE', from, to)],
    },
    {
      clause: 'R-CAN-03',
      what: `a provisional response of ${other} arrives, then ${own} cancels`,
      orders: [arrives(provisional, to, from), leaves('CANCEL', from, to)],
      earliest: true,
    },
    {
      clause: 'R-DLG-11',
      what: `the ACK of ${other} arrives, then ${own} hangs up`,
      orders: [arrives('ACK', to, from), leaves('BYE', from, to)],
      until: (hop) => isHop(hop, refusal, from, to),
    },
  ];
}

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

function leaves(text: string | RegExp, from: Party | null, to: Party): OrderEnd {
  return { when: 'leaves', matches: (hop) => isHop(hop, text, from, to) };
}

function arrives(text: string | RegExp, from: Party | null, to: Party): OrderEnd {
  return { when: 'arrives', matches: (hop) => isHop(hop, text, from, to) };
}

function playing(leg: 'Client-A' | 'Client-B'): OrderEnd {
  return {
    when: 'leaves',
    matches: (hop) => hop.rung === leg && isHop(hop, 'play', 'S', 'R'),
  };
}

/** Whoever it is from where nobody is named. */
function isHop(hop: OrderedHop, text: string | RegExp, from: Party | null, to: Party): boolean {
  if (hop.to !== to || (from !== null && hop.from !== from)) return false;
  return typeof text === 'string' ? hop.text === text : text.test(hop.text);
}
