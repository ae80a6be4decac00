import type { WrittenMap, WrittenValue } from './yaml-document.ts';

/**
 * Calls that a scenario file can stand on, so that it says only what is different in it. Each is
 * a scenario document as a file would write it.
 */
export const baselineNames = ['voice-call', 'video-call'] as const;
export type BaselineName = (typeof baselineNames)[number];

function sdp(who: string, address: string, lines: readonly string[]): string {
  const session = ['v=0', `o=${who} 1 1 IN IP4 ${address}`, 's=-', `c=IN IP4 ${address}`, 't=0 0'];
  return [...session, ...lines, ''].join('\n');
}

function voice(port: number): readonly string[] {
  return [
    `m=audio ${port} RTP/AVP 0 101`,
    'a=rtpmap:0 PCMU/8000',
    'a=rtpmap:101 telephone-event/8000',
    'a=fmtp:101 0-15',
    'a=ptime:20',
    'a=sendrecv',
  ];
}

function picture(port: number): readonly string[] {
  return [
    `m=video ${port} RTP/AVP 113`,
    'a=rtpmap:113 H264/90000',
    'a=fmtp:113 profile-level-id=42C00C;packetization-mode=1',
    'a=sendrecv',
  ];
}

/** Two terminals that can do all that CMR asks of one, and the two servers between them. */
function callOf(media: (port: number) => readonly string[]): WrittenMap {
  return {
    nodes: {
      'client-a': {
        role: 'cmr-client',
        party: 'A',
        identity: 'sip:alice@home1.example',
        address: '192.0.2.17',
        supported: ['100rel', 'early-session'],
        'early-media': 'supported',
        sdp: sdp('alice', '192.0.2.17', media(50_056)),
      },
      'cmr-server': {
        role: 'cmr-server',
        address: '198.51.100.5',
        mode: 'gateway',
        resource: 'melody',
      },
      'resource-server': {
        role: 'cmr-resource-server',
        address: '198.51.100.6',
        resources: {
          melody: { media: ['audio'], duration: '30s' },
          film: { media: ['audio', 'video'], duration: '30s' },
        },
        sdp: sdp('resource-server', '198.51.100.6', [...voice(40_000), ...picture(40_002)]),
      },
      'client-b': {
        role: 'cmr-client',
        party: 'B',
        identity: 'sip:bob@home2.example',
        address: '203.0.113.9',
        supported: ['100rel', 'early-session'],
        sdp: sdp('bob', '203.0.113.9', media(30_022)),
      },
    },
    links: {
      a: { between: ['client-a', 'cmr-server'], latency: '20ms' },
      b: { between: ['cmr-server', 'client-b'], latency: '20ms' },
      r: { between: ['cmr-server', 'resource-server'], latency: '10ms' },
      'media-a': { between: ['resource-server', 'client-a'], latency: '20ms' },
      'media-b': { between: ['resource-server', 'client-b'], latency: '20ms' },
      'media-ab': { between: ['client-a', 'client-b'], latency: '40ms' },
    },
    script: [
      { at: '0s', who: 'client-a', does: 'dial', target: 'client-b' },
      { after: '5s', since: 'ringing', who: 'client-b', does: 'answer' },
    ],
  };
}

export const baselines: Readonly<Record<BaselineName, WrittenMap>> = {
  'voice-call': callOf(voice),
  'video-call': callOf((port) => [...voice(port), ...picture(port + 2)]),
};

export function isBaseline(name: WrittenValue | undefined): name is BaselineName {
  return typeof name === 'string' && Object.hasOwn(baselines, name);
}
