// The run of the design's pictures: fixtures/*.json are copies of the design's own files.

import inputJson from './fixtures/ladder-input.json';
import rowsJson from './fixtures/ladder-rows.json';
import timeJson from './fixtures/ladder-time.json';

import type {
  LadderInput,
  LadderMessage,
  LadderSize,
  LadderView,
  Leg,
  Lifeline,
  MeasureText,
  MediaSource,
  Retransmission,
} from '../../../../renderer/ladder/layout/ladder-input.ts';

/** The measure of the fixtures: 6.6 px per character. */
export const measure: MeasureText = (text) => 6.6 * text.length;

export const size: LadderSize = { width: timeJson.width, height: timeJson.height };

export const timeView: LadderView = {
  axis: 'time',
  pxPerMs: null,
  scrollX: 0,
  scrollY: 0,
  playheadMicros: null,
  selected: null,
  evidence: [],
  timers: 'fired',
  live: false,
  narrow: false,
};

export const rowsView: LadderView = { ...timeView, axis: 'rows' };

/** What the design expects of one message. */
export interface ExpectedItem {
  readonly id: string;
  readonly x1: number;
  readonly y1: number;
  readonly x2: number;
  readonly y2: number;
  readonly label: {
    readonly variant: string;
    readonly side: string;
    readonly x: number;
    readonly y: number;
    readonly w: number;
    readonly h: number;
  };
}

export const expectedTime = { ...timeJson, items: timeJson.items as readonly ExpectedItem[] };
export const expectedRows = { ...rowsJson, items: rowsJson.items as readonly ExpectedItem[] };

const lifelines: readonly Lifeline[] = [
  { id: 'A', title: 'CMR Client-A', subtitle: 'alice, caller', folded: false },
  { id: 'S', title: 'CMR Server', subtitle: 'B2BUA', folded: false },
  { id: 'R', title: 'CMR Resource Server', subtitle: 'media', folded: false },
  { id: 'B', title: 'CMR Client-B', subtitle: 'bob, called', folded: false },
];

type InputMessage = (typeof inputJson.messages)[number];

/** "R1 +500" is the first retransmission after 500 ms, "again" a copy sent for another reason. */
function retransmissionOf(label: string | undefined): Retransmission | null {
  if (label === undefined) return null;
  const match = /^R(\d+) \+(\d+)$/.exec(label);
  if (match === null) return { number: null, afterMicros: null };
  return { number: Number(match[1]), afterMicros: Number(match[2]) * 1000 };
}

function kindOf(message: InputMessage): LadderMessage['kind'] {
  if (message.cmd === 1) return message.quiet === 1 ? 'reply' : 'command';
  return message.req === 1 ? 'request' : 'response';
}

function messageOf(message: InputMessage, index: number): LadderMessage {
  const command = message.quiet === 1 ? inputJson.messages[index - 1] : undefined;
  const arrives = message.t2 * 1000;
  return {
    id: message.id,
    number: message.n,
    from: message.from,
    to: message.to,
    sentMicros: message.t * 1000,
    journey:
      message.lost === undefined
        ? { end: 'arrives', atMicros: arrives }
        : { end: 'lost', wouldArriveMicros: arrives, lossAt: message.lost },
    kind: kindOf(message),
    leg: message.leg as Leg,
    text: message.m,
    shortText: message.s ?? null,
    step: message.step ?? null,
    tags:
      message.oa === undefined
        ? []
        : [{ kind: message.oa.startsWith('O') ? 'offer' : 'answer', text: message.oa }],
    facts: [],
    retransmission: retransmissionOf(message.rtxLabel),
    duplicate: false,
    absorbed: false,
    replyTo: command?.id ?? null,
    media: null,
    passes: [],
  };
}

const mediaSources: Readonly<Record<string, readonly MediaSource[]>> = {
  f1: ['R'],
  f2: ['R', 'B'],
  f3: ['A'],
};

function mediaOf(media: (typeof inputJson.media)[number], index: number): LadderMessage {
  return {
    id: media.id,
    number: 1000 + index,
    from: media.from,
    to: media.to,
    sentMicros: media.t * 1000,
    journey: { end: 'arrives', atMicros: (media.t + media.d) * 1000 },
    kind: 'media',
    leg: 'M',
    text: media.m,
    shortText: media.s,
    step: null,
    tags: [],
    facts: [],
    retransmission: null,
    duplicate: false,
    absorbed: false,
    replyTo: null,
    media: { sources: mediaSources[media.id] ?? [], stopsMicros: null },
    passes: [],
  };
}

const ms = (millis: number): number => millis * 1000;

/** A request from A to S, sent at 0 and arriving at 90 ms, with whatever is to differ. */
export function message(changes: Partial<LadderMessage> & { readonly id: string }): LadderMessage {
  return {
    number: 1,
    from: 'A',
    to: 'S',
    sentMicros: 0,
    journey: { end: 'arrives', atMicros: ms(90) },
    kind: 'request',
    leg: 'A',
    text: 'INVITE',
    shortText: null,
    step: null,
    tags: [],
    facts: [],
    retransmission: null,
    duplicate: false,
    absorbed: false,
    replyTo: null,
    media: null,
    passes: [],
    ...changes,
  };
}

/** Four lifelines and nothing on them, with whatever is to differ. */
export function run(changes: Partial<LadderInput>): LadderInput {
  return {
    lifelines,
    messages: [],
    bands: [],
    timers: [],
    userActions: [],
    perceptions: [],
    findings: [],
    pauses: [],
    folds: [],
    endsAtMicros: null,
    ...changes,
  };
}

/**
 * The run of the pictures. Its messages are the fixture's; the rest is what the pictures show
 * of it: it ends at 5 712 ms, which is what the fixture's scale of 0.32032 px/ms implies.
 */
export const pictured: LadderInput = run({
  messages: [...inputJson.messages.map(messageOf), ...inputJson.media.map(mediaOf)],
  bands: [
    ['A', 'centre', 'A', 'calling', 'calling', 0, 362],
    ['A', 'centre', 'A', 'early', 'early', 362, 5345],
    ['A', 'centre', 'A', 'confirmed', 'confirmed', 5345, null],
    ['S', 'left', 'A', 'calling', null, 90, 272],
    ['S', 'left', 'A', 'early', null, 272, 5255],
    ['S', 'left', 'A', 'confirmed', null, 5255, null],
    ['S', 'right', 'B', 'calling', null, 94, 270],
    ['S', 'right', 'B', 'early', null, 270, 4880],
    ['S', 'right', 'B', 'confirmed', null, 4880, null],
    ['R', 'centre', 'R', 'calling', null, 278, 482],
    ['R', 'centre', 'R', 'early', null, 482, 5450],
    ['R', 'centre', 'R', 'confirmed', null, 5450, null],
    ['B', 'centre', 'B', 'calling', 'trying', 174, 190],
    ['B', 'centre', 'B', 'early', 'early', 190, 4800],
    ['B', 'centre', 'B', 'confirmed', null, 4800, null],
  ].map(([lifeline, side, leg, phase, word, from, to]) => ({
    lifeline: String(lifeline),
    side: side as 'centre' | 'left' | 'right',
    leg: leg as 'A' | 'B' | 'R',
    phase: phase as 'calling' | 'early' | 'confirmed',
    word: word === null ? null : String(word),
    narrow: false,
    fromMicros: ms(Number(from)),
    toMicros: to === null ? null : ms(Number(to)),
  })),
  timers: [
    {
      id: 'T1',
      lifeline: 'B',
      fromMicros: ms(4986),
      toMicros: ms(5486),
      outcome: 'fired',
      text: 'T1 500',
      message: 'm19',
    },
    {
      id: 'T1x2',
      lifeline: 'B',
      fromMicros: ms(5486),
      toMicros: ms(5648),
      outcome: 'stopped',
      text: 'T1×2',
      message: 'm27',
    },
  ],
  userActions: [{ lifeline: 'B', atMicros: ms(4800), verb: 'answers' }],
  perceptions: [
    ['A', 'audio', 'local tone', '', 362, 574],
    ['A', 'audio', 'media', 'R', 574, 5542],
    ['A', 'audio', 'media', 'RB', 5542, null],
    ['A', 'video', 'media', 'R', 574, null],
    ['B', 'audio', 'local tone', '', 190, 4800],
    ['B', 'audio', 'media', 'A', 5532, null],
  ].map(([lifeline, medium, kind, sources, from, to]) => ({
    lifeline: String(lifeline),
    medium: medium as 'audio' | 'video',
    kind: kind as 'media' | 'local tone',
    sources: String(sources).split('') as MediaSource[],
    fromMicros: ms(Number(from)),
    toMicros: to === null ? null : ms(Number(to)),
  })),
  findings: [
    { id: 'SIP-7', atMicros: ms(5486) },
    { id: 'TIM-2', atMicros: ms(5050) },
  ],
  pauses: [{ fromMicros: ms(574), toMicros: ms(4800), text: 'ringing, no signalling' }],
  endsAtMicros: ms(5712),
});
