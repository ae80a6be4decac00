import {
  micros,
  type BodyPart,
  type ClauseId,
  type Clause,
  type Command,
  type CommandMessage,
  type Header,
  type HeardSource,
  type MediaPacket,
  type Medium,
  type Method,
  type NodeId,
  type Note,
  type Packet,
  type RecordNumber,
  type Reply,
  type ReplyMessage,
  type Run,
  type SipRequest,
  type SipResponse,
  type TraceHeader,
  type TraceRecord,
} from '../../sim-core/reading.ts';
import { makeMedia, makeSession, sdpLine } from '../../sim-core/sdp/make-description.ts';
import { makeRequest, makeResponse } from '../../sim-core/sip/making-messages.ts';
import { hearsIntervals } from '../../sim-core/trace/hears-intervals.ts';

/**
 * The Continue call in Gateway Mode (spec REF-CON-GW), written down by hand with hops of 40 ms to
 * the clients, 10 ms to the Resource Server, 40 ms for media and 10 ms of processing: 290, 330 and
 * 410 ms as in spec §5.3. For tests of the window that must not depend on the engine.
 */
export const [A, S, R, B] = [0, 1, 2, 3].map((id) => id as NodeId) as [
  NodeId,
  NodeId,
  NodeId,
  NodeId,
];

const addresses: Readonly<Record<number, string>> = {
  [A]: '198.51.100.11',
  [S]: '198.51.100.20',
  [R]: '198.51.100.30',
  [B]: '198.51.100.12',
};

const header: TraceHeader = {
  schemaVersion: 1,
  engine: 'by hand',
  scenario: 'sample.cmr.yaml',
  title: 'Continue, as in the figure',
  seed: 1,
  profile: 'literal',
  mode: 'gateway',
  switches: { 'SW-REINV-ACK': 'deferred' },
  nodes: [
    node(A, 'client-a', 'CMR Client-A', 'cmr-client', 'A'),
    node(S, 'server', 'CMR Server', 'cmr-server', 'S'),
    node(R, 'resource-server', 'CMR Resource Server', 'cmr-resource-server', 'R'),
    node(B, 'client-b', 'CMR Client-B', 'cmr-client', 'B'),
  ],
  links: [
    { name: 'a-s', between: [A, S] },
    { name: 's-b', between: [S, B] },
    { name: 's-r', between: [S, R] },
  ],
};

function node(
  id: NodeId,
  name: string,
  title: string,
  role: string,
  party: TraceHeader['nodes'][number]['party'],
): TraceHeader['nodes'][number] {
  return { id, name, title, role, party, address: addresses[id] ?? '' };
}

// SDP: one line per medium, as short as the tests need.

type Line = readonly [medium: Medium, port: number, direction?: string];

function sdp(user: string, version: number, at: NodeId, ...lines: readonly Line[]): BodyPart {
  const address = addresses[at] ?? '';
  const sections = lines.map(([medium, port, direction]) =>
    makeMedia(medium, port, 'RTP/AVP', medium === 'audio' ? ['104', '110'] : ['113'], [
      sdpLine('a', medium === 'audio' ? 'rtpmap:104 AMR-WB/16000/1' : 'rtpmap:113 H264/90000'),
      ...(medium === 'audio' ? [sdpLine('a', 'ptime:20'), sdpLine('a', 'maxptime:240')] : []),
      ...(direction === undefined ? [] : [sdpLine('a', direction)]),
    ]),
  );
  const shared = [sdpLine('c', `IN IP4 ${address}`), sdpLine('t', '0 0')];
  const origin = { userName: user, sessionId: '4021', version, address };
  return { disposition: 'session', description: makeSession(origin, '-', shared, sections) };
}

// SIP: two dialogs, leg A and leg B.

const legs = {
  a: { callId: 'f1c0@198.51.100.11', from: 'sip:alice@home1.example', tag: 'a-1', peer: 's-1' },
  b: { callId: '55d0@198.51.100.20', from: 'sip:alice@home1.example', tag: 's-2', peer: 'b-1' },
};
const called = 'sip:bob@home2.example';

interface Asked {
  readonly body?: BodyPart;
  readonly headers?: readonly Header[];
  /** Sent by the called side of the dialog. */
  readonly backwards?: boolean;
  readonly opens?: boolean;
}

let branches = 0;

function request(leg: keyof typeof legs, method: Method, sequence: number, asked: Asked = {}) {
  const { callId, from, tag, peer } = legs[leg];
  const near = { uri: from, tag };
  const far = { uri: called, tag: asked.opens === true ? null : peer };
  branches += 1;
  return makeRequest({
    method,
    requestUri: asked.backwards === true ? from : called,
    via: [{ sentBy: `${addresses[leg === 'a' ? A : S]}:5060`, branch: `z9hG4bK-${branches}` }],
    from: asked.backwards === true ? far : near,
    to: asked.backwards === true ? near : far,
    callId,
    sequence,
    contact: `<sip:${leg}@${addresses[S]}:5060>`,
    headers: asked.headers ?? [],
    bodies: asked.body === undefined ? [] : [asked.body],
  });
}

function answer(
  to: SipRequest,
  status: number,
  body: BodyPart | null = null,
  headers: readonly Header[] = [],
): SipResponse {
  const tag = status === 100 ? null : to.callId === legs.a.callId ? legs.a.peer : legs.b.peer;
  return makeResponse(to, status, tag, null, headers, body === null ? [] : [body]);
}

// The Resource Server and media.

let transactions = 0;

function command(what: Command): CommandMessage {
  transactions += 1;
  return {
    protocol: 'resource control',
    label: what.kind,
    form: 'command',
    call: legs.a.callId,
    transaction: transactions,
    command: what,
  };
}

function reply(to: CommandMessage, what: Reply): ReplyMessage {
  return {
    protocol: 'resource control',
    label: what.kind === 'refused' ? 'refused' : 'ok',
    form: 'reply',
    call: to.call,
    transaction: to.transaction,
    to: to.command.kind,
    reply: what,
  };
}

function media(
  medium: Medium,
  from: NodeId,
  to: NodeId,
  port: number,
  ...sources: readonly HeardSource[]
): MediaPacket {
  return {
    protocol: 'RTP',
    label: medium,
    medium,
    stream: `${medium} ${from} ${port}`,
    codec: medium === 'audio' ? 'AMR-WB' : 'H264',
    from: { address: addresses[from] ?? '', port },
    to: { address: addresses[to] ?? '', port: port + 1000 },
    sources,
  };
}

const clip = (gainPercent: number): HeardSource => ({ source: 'carousel', gainPercent });
const voice = (source: string): HeardSource => ({ source, gainPercent: 100 });
export const tone: HeardSource = { source: 'ringback tone', gainPercent: 100 };

// What happens, each thing after its cause. Times in ms.

type Happening = { readonly at: number; readonly node: NodeId; readonly cause: number } & (
  | { readonly kind: 'sends'; readonly packet: Packet; readonly to: NodeId; readonly took: number }
  | { readonly kind: 'arrives'; readonly of: number }
  | { readonly kind: 'user'; readonly does: 'dial' | 'answer' }
  | { readonly kind: 'note'; readonly note: Note }
);

/** Collects happenings; each call returns its index, by which later ones name their cause. */
function writeScript() {
  const happenings: Happening[] = [];
  const add = (happening: Happening): number => happenings.push(happening) - 1;
  const sends = (cause: number, at: number, from: NodeId, to: NodeId, packet: Packet): number => {
    const took = packet.protocol === 'RTP' ? 40 : from === R || to === R ? 10 : 40;
    const sent = add({ kind: 'sends', cause, at, node: from, to, packet, took });
    return add({ kind: 'arrives', cause: sent, at: at + took, node: to, of: sent });
  };
  const notes = (cause: number, at: number, of: NodeId, note: Note): number =>
    add({ kind: 'note', cause, at, node: of, note });
  const state = (cause: number, at: number, of: NodeId, leg: keyof typeof legs, to: string) =>
    notes(cause, at, of, {
      kind: 'state',
      machine: 'dialog',
      subject: legs[leg].callId,
      peer: of === S ? (leg === 'a' ? A : B) : S,
      from: to === 'early' ? 'none' : 'early',
      to,
      clause: 'RFC3261 12' as ClauseId,
    });
  const hears = (cause: number, at: number, of: NodeId, medium: Medium, ...s: HeardSource[]) =>
    notes(cause, at, of, { kind: 'hears', medium, sources: s });
  const user = (at: number, of: NodeId, does: 'dial' | 'answer') =>
    add({ kind: 'user', cause: -1, at, node: of, does });
  return { happenings, sends, notes, state, hears, user };
}

function ringing(script: ReturnType<typeof writeScript>) {
  const { sends, state, hears, user } = script;
  const offered = sdp('alice', 1, A, ['audio', 50000], ['video', 50002]);
  const early: Header = ['P-Early-Media', 'supported'];
  const inviteA = request('a', 'INVITE', 1, { body: offered, headers: [early], opens: true });
  const inviteB = request('b', 'INVITE', 1, { body: offered, opens: true });
  const atS = sends(user(0, A, 'dial'), 0, A, S, inviteA);
  sends(atS, 50, S, A, answer(inviteA, 100));
  const atB = sends(atS, 50, S, B, inviteB);
  sends(atB, 100, B, S, answer(inviteB, 100));
  const ring180 = sends(atB, 300, B, S, answer(inviteB, 180));
  state(atB, 300, B, 'b', 'early');
  hears(atB, 300, B, 'audio', { source: 'ring tone', gainPercent: 100 });
  state(ring180, 340, S, 'b', 'early');
  const description = sdp('cmr', 4021, R, ['audio', 40000], ['video', 40002]).description;
  const reserve = command({
    kind: 'reserve',
    resource: 'carousel',
    offer: offered.description,
    direction: 'mirror',
  });
  const atR = sends(ring180, 350, S, R, reserve);
  const reserved = sends(atR, 370, R, S, reply(reserve, { kind: 'reserved', answer: description }));
  const ringingHeaders: readonly Header[] = [
    ['Require', '100rel'],
    ['RSeq', '1'],
    ['P-Early-Media', 'sendrecv'],
  ];
  const body: BodyPart = { disposition: 'session', description };
  const atA = sends(reserved, 390, S, A, answer(inviteA, 180, body, ringingHeaders));
  state(reserved, 390, S, 'a', 'early');
  const play = command({ kind: 'play' });
  const playing = sends(reserved, 390, S, R, play);
  sends(playing, 410, R, S, reply(play, { kind: 'done' }));
  const sound = sends(playing, 410, R, A, media('audio', R, A, 40000, clip(100)));
  const picture = sends(playing, 410, R, A, media('video', R, A, 40002, clip(100)));
  state(atA, 430, A, 'a', 'early');
  const prack = request('a', 'PRACK', 2, { headers: [['RAck', '1 1 INVITE']] });
  const pracked = sends(atA, 440, A, S, prack);
  hears(sound, 450, A, 'audio', clip(100));
  hears(picture, 450, A, 'video', clip(100));
  sends(pracked, 490, S, A, answer(prack, 200));
  return { inviteA, inviteB };
}

function continuing(
  script: ReturnType<typeof writeScript>,
  { inviteA, inviteB }: { readonly inviteA: SipRequest; readonly inviteB: SipRequest },
): void {
  const { sends, notes, state, hears, user } = script;
  const picked = user(4800, B, 'answer');
  hears(picked, 4800, B, 'audio');
  const answered = sends(
    picked,
    4800,
    B,
    S,
    answer(inviteB, 200, sdp('bob', 1, B, ['audio', 60000], ['video', 0])),
  );
  state(picked, 4800, B, 'b', 'confirmed');
  state(answered, 4840, S, 'b', 'confirmed');
  notes(answered, 4840, S, {
    kind: 'decision',
    about: 'Continue',
    chosen: 'continue',
    why: 'the subscriber prefers it',
    clause: 'CON-SRV-01' as ClauseId,
  });
  sends(answered, 4850, S, B, request('b', 'ACK', 1));
  const allocate = command({ kind: 'allocate conference' });
  const ports = {
    address: addresses[R] ?? '',
    towardsA: { audio: 40004, video: 40002 },
    towardsB: { audio: 40006, video: 40008 },
  };
  const asked = sends(answered, 4850, S, R, allocate);
  const given = sends(asked, 4870, R, S, reply(allocate, { kind: 'conference allocated', ports }));
  const again = request('b', 'INVITE', 2, { body: sdp('s', 2, R, ['audio', 40006], ['video', 0]) });
  const moved = sends(given, 4890, S, B, again);
  const accepted = sends(
    moved,
    4940,
    B,
    S,
    answer(again, 200, sdp('bob', 2, B, ['audio', 60000], ['video', 0])),
  );
  const update = request('a', 'UPDATE', 1, {
    backwards: true,
    body: sdp('cmr', 4022, R, ['audio', 40004], ['video', 40002, 'sendonly']),
  });
  const offered = sends(accepted, 4990, S, A, update);
  const agreed = sends(
    offered,
    5040,
    A,
    S,
    answer(update, 200, sdp('alice', 2, A, ['audio', 50000], ['video', 50002, 'recvonly'])),
  );
  const connected = sends(agreed, 5090, S, A, answer(inviteA, 200));
  state(connected, 5130, A, 'a', 'confirmed');
  const confirmed = sends(connected, 5140, A, S, request('a', 'ACK', 1));
  state(confirmed, 5180, S, 'a', 'confirmed');
  sends(confirmed, 5190, S, B, request('b', 'ACK', 2));
  mixing(script, confirmed);
}

function mixing(script: ReturnType<typeof writeScript>, confirmed: number): void {
  const { sends, notes, hears } = script;
  const cells = [
    { input: 'carousel', output: 'client-a', medium: 'audio', gainPercent: 25 },
    { input: 'carousel', output: 'client-a', medium: 'video', gainPercent: 100 },
    { input: 'client-b', output: 'client-a', medium: 'audio', gainPercent: 100 },
    { input: 'client-a', output: 'client-b', medium: 'audio', gainPercent: 100 },
  ] as const;
  const towards = sdp('alice', 2, A, ['audio', 50000]).description;
  const mix = command({ kind: 'mix', towardsA: towards, towardsB: towards, cells });
  const mixed = sends(confirmed, 5190, S, R, mix);
  notes(mixed, 5210, R, { kind: 'mixing', cells });
  sends(mixed, 5210, R, S, reply(mix, { kind: 'done' }));
  const both = [clip(25), voice('client-b')];
  const toA = sends(mixed, 5210, R, A, media('audio', R, A, 40004, ...both));
  const toB = sends(mixed, 5210, R, B, media('audio', R, B, 40006, voice('client-a')));
  hears(toA, 5250, A, 'audio', ...both);
  hears(toB, 5250, B, 'audio', voice('client-a'));
}

/** Happenings as records: in the order of time, with causes as record numbers. */
function recordsOf(happenings: readonly Happening[]): TraceRecord[] {
  const order = happenings
    .map((_happening, index) => index)
    .toSorted((one, other) => happenings[one]!.at - happenings[other]!.at || one - other);
  const numberOf = new Map(order.map((index, place) => [index, (place + 1) as RecordNumber]));
  const number = (index: number): RecordNumber => numberOf.get(index) ?? (0 as RecordNumber);
  return order.map((index) => {
    const happening = happenings[index]!;
    const { at, node: where, cause } = happening;
    const shared = {
      number: number(index),
      cause: number(cause),
      at: micros(at * 1000),
      node: where,
    };
    switch (happening.kind) {
      case 'sends': {
        const { packet, to, took } = happening;
        const arrivesAt = micros((at + took) * 1000);
        return { ...shared, kind: 'sent', packet, to, arrivesAt, againAt: null };
      }
      case 'arrives': {
        const sent = happenings[happening.of]!;
        if (sent.kind !== 'sends') throw new Error('only what was sent arrives');
        const { packet, node: from } = sent;
        return { ...shared, kind: 'received', packet, from, sent: number(happening.of) };
      }
      case 'user': {
        const action =
          happening.does === 'dial'
            ? ({ kind: 'dial', target: called } as const)
            : ({ kind: 'answer' } as const);
        return { ...shared, kind: 'user', action };
      }
      case 'note':
        return { ...shared, kind: 'note', note: happening.note };
    }
  });
}

const titles = [
  'Client-B answers',
  'ACK to Called Party',
  'Request conference',
  're-INVITE to Called Party',
  'Called Party accepts',
  'UPDATE, regular plus CMR',
  'Calling Party accepts',
  '200 after 200 (UPDATE)',
  'ACK of Calling Party',
  'ACK for the re-INVITE',
  'Mix on ACK',
];

export const sampleClauses: readonly Clause[] = titles.map((title, index) => ({
  id: `FLOW-CON-${String(index + 1).padStart(2, '0')}` as ClauseId,
  document: 'OMA CR Continue',
  section: `Appendix X, step ${index + 1}`,
  strength: 'MUST',
  title,
  says: `Step ${index + 1} of the Continue flow: ${title}.`,
  check: 'The message of this step, in its place.',
}));

/** Made anew at each call, so that no test can spoil another's. */
export function sampleRun(): Run {
  branches = 0;
  transactions = 0;
  const script = writeScript();
  continuing(script, ringing(script));
  const records = recordsOf(script.happenings);
  const endedAt = micros(9_000_000);
  return {
    header,
    records,
    ended: 'quiet',
    endedAt,
    events: records.length,
    fingerprint: 'by-hand',
    outcome: 'ring continues',
    verdicts: sampleClauses.map(({ id }, index) => ({
      clause: id,
      verdict: 'satisfied',
      evidence: evidenceOfStep(records, index + 1),
      says: `Step ${index + 1} was seen.`,
    })),
    warnings: [],
    metrics: {
      SRD: micros(430_000),
      ringStart: micros(110_000),
      defaultRingLeak: null,
      deadAir: null,
      ringTail: null,
      answerLag: micros(330_000),
      contGap: micros(0),
      preAnswerLoss: micros(410_000),
      cutThroughAB: micros(450_000),
      cutThroughBA: micros(450_000),
      wasted2xx: 0,
      slowLegRetransmissions: 0,
    },
    hears: hearsIntervals(header, records, endedAt),
    expectations: [],
  };
}

/** The `sent` and `received` records of a step, by the instant at which it leaves. */
function evidenceOfStep(records: readonly TraceRecord[], step: number): RecordNumber[] {
  const millis = [4800, 4850, 4850, 4890, 4940, 4990, 5040, 5090, 5140, 5190, 5190][step - 1] ?? -1;
  const toR = step === 3 || step === 11;
  const sent = records.find(
    (record) =>
      record.kind === 'sent' &&
      record.at === millis * 1000 &&
      (record.to === R) === toR &&
      record.packet.protocol !== 'RTP',
  );
  if (sent === undefined) throw new Error(`step ${step} is missing`);
  const arrival = records.find(
    (record) => record.kind === 'received' && record.sent === sent.number,
  );
  return arrival === undefined ? [sent.number] : [sent.number, arrival.number];
}
