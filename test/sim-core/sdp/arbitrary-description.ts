import fc from 'fast-check';

import { makeMedia, makeSession, sdpLine } from '../../../sim-core/sdp/make-description.ts';
import type {
  MediaDescription,
  Origin,
  SdpLine,
  SessionDescription,
} from '../../../sim-core/sdp/session-description.ts';

/** Codecs as rtpmap and fmtp say them; the last ones have static numbers. */
const audioCodecs = [
  { map: 'AMR-WB/16000/1', parameters: 'mode-change-capability=2;max-red=0' },
  { map: 'AMR-WB/16000', parameters: 'octet-align=1' },
  { map: 'AMR/8000/1', parameters: 'mode-set="0,2,4,7"; octet-align=0' },
  { map: 'AMR/8000', parameters: null },
  { map: 'EVS/16000/1', parameters: 'br=5.9-24.4;bw=nb-swb' },
  { map: 'telephone-event/16000', parameters: '0-15' },
  { map: 'telephone-event/8000', parameters: '0-15' },
  { map: 'CN/16000', parameters: null },
  { map: 'PCMA/8000', parameters: null },
] as const;

const videoCodecs = [
  { map: 'H264/90000', parameters: 'profile-level-id=42C00C;packetization-mode=1' },
  { map: 'H264/90000', parameters: 'packetization-mode=0; profile-level-id=42e01f' },
  { map: 'H264/90000', parameters: 'profile-level-id=640029;packetization-mode=1' },
  { map: 'H265/90000', parameters: 'profile-id=1' },
] as const;

const kinds = {
  audio: { codecs: audioCodecs, statics: ['0', '8', '9', '18'] },
  video: { codecs: videoCodecs, statics: ['34'] },
} as const;

const address = fc.oneof(
  fc.ipV4(),
  fc.ipV6().filter((text) => !text.includes('.')),
);

export const origin: fc.Arbitrary<Origin> = fc.record({
  userName: fc.constantFrom('-', 'user1', 'SAMSUNG-IMS-UE'),
  sessionId: fc.bigInt({ min: 0n, max: (1n << 64n) - 1n }).map(String),
  version: fc.maxSafeNat().map((count) => Math.max(0, count - 1_000_000)),
  address,
});

const otherLines = fc.subarray([
  sdpLine('a', 'ptime:20'),
  sdpLine('a', 'maxptime:240'),
  sdpLine('a', 'curr:qos local none'),
  sdpLine('a', 'des:qos mandatory local sendrecv'),
  sdpLine('a', 'rtcp-fb:* nack'),
  sdpLine('a', '3gOoRTPInfo:x y=z '),
]);

const direction = fc.option(
  fc.constantFrom('sendrecv', 'sendonly', 'recvonly', 'inactive').map((name) => sdpLine('a', name)),
);

function connection(host: string): SdpLine {
  return sdpLine('c', `IN IP${host.includes(':') ? 6 : 4} ${host}`);
}

function rtpSection(media: 'audio' | 'video'): fc.Arbitrary<MediaDescription> {
  const { codecs, statics } = kinds[media];
  return fc
    .record({
      port: fc.oneof(fc.integer({ min: 1, max: 65534 }), fc.constantFrom(0, 50056, 65534)),
      protocol: fc.constantFrom('RTP/AVP', 'RTP/AVP', 'RTP/AVPF'),
      known: fc.subarray([...statics]),
      chosen: fc.shuffledSubarray([...codecs], { minLength: 1 }),
      numbers: fc.shuffledSubarray(
        Array.from({ length: 32 }, (_, index) => String(96 + index)),
        { minLength: 9, maxLength: 9 },
      ),
      own: fc.option(address),
      direction,
      others: otherLines,
      rtcp: fc.boolean(),
      mapsFirst: fc.boolean(),
    })
    .map((drawn) => {
      const numbered = drawn.chosen.map((codec, index) => ({
        ...codec,
        number: drawn.numbers[index] ?? '127',
      }));
      const maps = numbered.map(({ number, map }) => sdpLine('a', `rtpmap:${number} ${map}`));
      const formats = numbered.flatMap(({ number, parameters }) =>
        parameters === null ? [] : [sdpLine('a', `fmtp:${number} ${parameters}`)],
      );
      const lines = [
        ...(drawn.own === null ? [] : [connection(drawn.own)]),
        sdpLine('b', 'AS:41'),
        ...(drawn.mapsFirst ? [...maps, ...formats] : [...formats, ...maps]),
        ...(drawn.direction === null ? [] : [drawn.direction]),
        ...(drawn.rtcp && drawn.port > 0 ? [sdpLine('a', `rtcp:${drawn.port + 1}`)] : []),
        ...drawn.others,
      ];
      const all = [...numbered.map(({ number }) => number), ...drawn.known];
      return makeMedia(media, drawn.port, drawn.protocol, all, lines);
    });
}

const faxSection: fc.Arbitrary<MediaDescription> = fc
  .constantFrom('t38', 'T38')
  .map((format) => makeMedia('image', 4000, 'udptl', [format], [sdpLine('a', 'T38FaxVersion:0')]));

const sessionAttributes = fc.subarray([
  sdpLine('a', 'sendonly'),
  sdpLine('a', 'tool:ringscope test'),
]);

const times = fc.constantFrom(
  [sdpLine('t', '0 0')],
  [sdpLine('t', '3034423619 3042462419'), sdpLine('r', '604800 3600 0 90000')],
);

/** Well-formed descriptions of zero to four sections of audio, video and fax. */
export const description: fc.Arbitrary<SessionDescription> = fc
  .record({
    origin,
    name: fc.constantFrom('-', 'QC VOIP', ' '),
    host: address,
    bandwidth: fc.boolean(),
    times,
    attributes: sessionAttributes,
    media: fc.array(
      fc.oneof(
        { weight: 4, arbitrary: rtpSection('audio') },
        { weight: 3, arbitrary: rtpSection('video') },
        { weight: 1, arbitrary: faxSection },
      ),
      { maxLength: 4 },
    ),
  })
  .map((drawn) => {
    const lines = [
      connection(drawn.host),
      ...(drawn.bandwidth ? [sdpLine('b', 'AS:442')] : []),
      ...drawn.times,
      ...drawn.attributes,
    ];
    return makeSession({ ...drawn.origin }, drawn.name, lines, drawn.media);
  });
