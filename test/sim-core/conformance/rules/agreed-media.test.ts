import type { Party } from '../../../../sim-core/trace/trace-header.ts';
import type { TraceBuilder } from '../../../support/trace-builder.ts';
import { continueCall, stopCall } from '../reference-call.ts';
import { describeRules, type RuleCase } from './judging-rules.ts';
import { answered, answeredEarly, invite, leg, ofA, ofS, rack, reliable } from './leg-trace.ts';

const ids = [7, 11, 12, 17, 18, 19].map((n) => `R-OA-${String(n).padStart(2, '0')}`);

/** A stream that begins at `at`, from a port to a port. */
function speaks(
  trace: TraceBuilder,
  [from, fromPort]: readonly [Party, number],
  [to, toPort]: readonly [Party, number],
  at: number,
  medium: 'audio' | 'video' = 'audio',
): TraceBuilder {
  const move = { at, arrives: at + 40, stream: `${fromPort} to ${toPort}`, fromPort, toPort };
  const sources = [from === 'R' ? 'beach-waves' : 'client-a'];
  return trace.rtp(from, to, medium, { ...move, sources }, `${from} speaks at ${at}`);
}

/** Audio and video offered, audio alone answered. */
const videoRefused = () =>
  leg(
    invite({ sdp: ofA(1, ['audio', 4_000], ['video', 4_002]) }),
    ['S', 200, { answers: 'A INVITE', sdp: ofS(1, ['audio', 6_000], ['video', 0]) }],
    ['A', 'ACK', { cseq: 1 }],
  );

/** An early session with audio and video, of which Client-A takes the audio alone. */
const earlyVideoRefused = () => {
  const early = (description: ReturnType<typeof ofA>) =>
    ({ disposition: 'early-session', description }) as const;
  const offer = early(ofS(1, ['audio', 8_000], ['video', 8_002]));
  const answer = early(ofA(1, ['audio', 4_800], ['video', 0]));
  return leg(
    invite(),
    ['S', 180, { answers: 'A INVITE', headers: reliable(1), bodies: [offer] }],
    ['A', 'PRACK', { headers: rack(1), bodies: [answer] }],
    ['S', 200, { name: 'S 200 PRACK', answers: 'A PRACK' }],
    ['S', 200, { answers: 'A INVITE', sdp: ofS() }],
    ['A', 'ACK', { cseq: 1 }],
  );
};

/** In a call, the Resource Server's ring arrives at Client-A, who hears that. */
const rings = (heard: readonly string[]) =>
  speaks(leg(...answered), ['R', 6_000], ['A', 4_000], 900)
    .hears('A', 'audio', heard, 945, 'A hears')
    .user('A', { kind: 'hang up' }, 3_000, 'later');

/** Client-A's re-INVITE finds no dialog any more, and what still arrives finds nobody. */
const left = () =>
  speaks(
    leg(
      ...answered,
      ['A', 'INVITE', { name: 'A re-INVITE', sdp: ofA(2), cseq: 3 }],
      ['S', 481, {}],
    ),
    ['R', 6_000],
    ['A', 4_000],
    1_200,
  )
    .hears('A', 'audio', [], 1_245, 'A hears')
    .user('A', { kind: 'hang up' }, 3_000, 'later');

/** Client-A offers another port while the ring arrives, and hears that from then on. */
const moves = (heard: readonly string[]) =>
  speaks(leg(...answered), ['R', 6_000], ['A', 4_000], 700)
    .hears('A', 'audio', ['beach-waves'], 740, 'A hears the ring')
    .sip(
      'A',
      'S',
      'INVITE',
      {
        at: 1_000,
        arrives: 1_040,
        cseq: 3,
        sdp: ofA(2, ['audio', 4_100]),
      },
      'A re-INVITE',
    )
    .hears('A', 'audio', heard, 1_000, 'A hears what is left');

/** That offer is answered while the ring still arrives at the old port. */
const hasMoved = (heard: readonly string[]) =>
  moves(['beach-waves'])
    .sip('S', 'A', 200, { at: 1_050, arrives: 1_090, answers: 'A re-INVITE', sdp: ofS(2) }, 'moved')
    .hears('A', 'audio', heard, 1_090, 'A hears on');

/** The CMR Server moves its media; Client-A follows, or not. */
const follows = (does: boolean) => {
  const trace = speaks(leg(...answered), ['A', 4_000], ['R', 6_000], 700)
    .sip('S', 'A', 'UPDATE', {
      at: 1_000,
      arrives: 1_040,
      sdp: ofS(2, ['audio', 7_000]),
    })
    .sip('A', 'S', 200, { at: 1_050, arrives: 1_090, answers: 'S UPDATE', sdp: ofA(2) }, 'A 200');
  if (does) speaks(trace, ['A', 4_000], ['R', 7_000], 1_060);
  return trace.user('A', { kind: 'hang up' }, 3_000, 'later');
};

const cases: readonly RuleCase[] = [
  { rule: 'R-OA-07', what: 'nothing on the line', verdict: 'satisfied', trace: videoRefused },
  { rule: 'R-OA-07', what: 'a whole call', verdict: 'satisfied', trace: continueCall },
  {
    rule: 'R-OA-07',
    what: 'video to who refused it',
    verdict: 'violated',
    trace: () => speaks(videoRefused(), ['A', 4_002], ['R', 0], 500, 'video'),
    says: 'Client-A sends video on the second m= line (video), which is refused',
  },
  {
    rule: 'R-OA-07',
    what: 'video by who refused it',
    verdict: 'violated',
    trace: () => speaks(videoRefused(), ['R', 6_002], ['A', 4_002], 500, 'video'),
    says: 'The Resource Server sends video',
  },
  {
    rule: 'R-OA-07',
    what: 'an early session without the picture that was refused',
    verdict: 'satisfied',
    trace: () => speaks(earlyVideoRefused(), ['R', 8_000], ['A', 4_800], 450),
  },
  {
    rule: 'R-OA-07',
    what: 'a picture in an early session that refused it',
    verdict: 'violated',
    trace: () => speaks(earlyVideoRefused(), ['R', 8_002], ['A', 4_802], 450, 'video'),
    says: 'The Resource Server sends video',
  },
  {
    rule: 'R-OA-07',
    what: 'a picture from that port once the early session is over',
    verdict: 'satisfied',
    trace: () => speaks(earlyVideoRefused(), ['R', 8_002], ['A', 4_802], 900, 'video'),
  },
  { rule: 'R-OA-11', what: 'a whole call', verdict: 'satisfied', trace: stopCall },
  {
    rule: 'R-OA-11',
    what: 'a codec that nobody named',
    verdict: 'violated',
    trace: () =>
      stopCall().changePacket('ring audio', (packet) =>
        Object.freeze({ ...packet, codec: 'G722' }),
      ),
    says: 'sends G722',
  },
  { rule: 'R-OA-12', what: 'heard', verdict: 'satisfied', trace: () => rings(['beach-waves']) },
  {
    rule: 'R-OA-12',
    what: 'not heard',
    verdict: 'violated',
    trace: () => rings([]),
    says: 'does not play beach-waves',
  },
  { rule: 'R-OA-12', what: 'after a 481', verdict: 'not exercised', trace: left },
  { rule: 'R-OA-17', what: 'heard', verdict: 'satisfied', trace: () => moves(['beach-waves']) },
  {
    rule: 'R-OA-17',
    what: 'not heard any more',
    verdict: 'violated',
    trace: () => moves([]),
    says: 'stopped listening at 10.0.0.1:4000',
  },
  {
    rule: 'R-OA-17',
    what: 'not heard any more, for the call ends just then',
    verdict: 'not exercised',
    trace: () => moves([]).sip('A', 'S', 'BYE', { at: 1_000, arrives: 1_040, cseq: 4 }),
  },
  {
    rule: 'R-OA-17',
    what: 'still heard when the move is agreed',
    verdict: 'satisfied',
    trace: () => hasMoved(['beach-waves']),
  },
  {
    rule: 'R-OA-17',
    what: 'heard only until the move is agreed',
    verdict: 'violated',
    trace: () => hasMoved([]),
    says: 'before media arrived at another place',
  },
  { rule: 'R-OA-18', what: 'it follows', verdict: 'satisfied', trace: () => follows(true) },
  {
    rule: 'R-OA-18',
    what: 'it stays',
    verdict: 'violated',
    level: 'warning',
    trace: () => follows(false),
    says: 'sent nothing to 10.0.0.4:7000',
  },
  { rule: 'R-OA-19', what: 'a whole call', verdict: 'satisfied', trace: continueCall },
  {
    rule: 'R-OA-19',
    what: 'media before the answer',
    verdict: 'violated',
    level: 'warning',
    trace: () =>
      speaks(
        leg(invite(), ['S', 180, { answers: 'A INVITE', headers: reliable(1) }]),
        ['R', 6_000],
        ['A', 4_000],
        300,
      ),
    says: 'sends media before the CMR Server has answered reliably',
  },
  {
    rule: 'R-OA-19',
    what: 'media after the answer',
    verdict: 'satisfied',
    trace: () => speaks(leg(...answeredEarly), ['R', 6_000], ['A', 4_000], 500),
  },
];

describeRules(ids, cases);
