/** A scenario with one of everything, for tests that change one line of it. */
export const smallScenario = `# yaml-language-server: $schema=../scenario.schema.json
apiVersion: ringscope/v1
title: A small call # the title
description: One of everything.
shows: [DEL-GW-SRV-01, FLOW-CON-01]
seed: 7
until: 60s
profile: literal
switches: { SW-REINV-ACK: deferred }
nodes:
  client-a:
    role: cmr-client
    party: A
    identity: sip:alice@home1.example
    address: 10.20.0.17
    early-media: supported
    contact-parameters: ';video'
    headers:
      invite: ['P-Access-Network-Info: 3GPP-E-UTRAN-FDD;x=1']
    sdp: |
      v=0
      o=alice 1 1 IN IP4 10.20.0.17
      s=-
      c=IN IP4 10.20.0.17
      t=0 0
      m=audio 49152 RTP/AVP 96
      a=rtpmap:96 AMR-WB/16000
  client-b:
    role: cmr-client
    party: B
    identity: sip:bob@home2.example
    address: 10.30.0.21
    alerting: { after: 80ms..120ms, reliable: true, with-answer: true }
    sdp: |
      v=0
      o=bob 1 1 IN IP4 10.30.0.21
      s=-
      c=IN IP4 10.30.0.21
      t=0 0
      m=audio 50000 RTP/AVP 96
      a=rtpmap:96 AMR-WB/16000
  cmr-server:
    role: cmr-server
    address: 10.9.0.5
    mode: gateway
    resource: ringing-7
    policy: { operator: allow, subscriber: continue }
  resource-server:
    role: cmr-resource-server
    address: 10.9.0.9
    resources:
      ringing-7: { media: [audio, video], duration: 30s, mixed-gain: 25% }
    refuses: [mix]
    sdp: |
      v=0
      o=rs 1 1 IN IP4 10.9.0.9
      s=-
      c=IN IP4 10.9.0.9
      t=0 0
      m=audio 40000 RTP/AVP 96
      a=rtpmap:96 AMR-WB/16000
links:
  a: { between: [client-a, cmr-server], latency: 40ms, loss: 0.05 }
  b: { between: [client-b, cmr-server], latency: 20ms..60ms, duplicate: 1/1000, reorder: true }
  r: { between: [cmr-server, resource-server], latency: 10ms }
faults:
  - drop: { message: '200', from: client-b, occurrence: 1 }
  - delay: { message: ACK, from: client-a, occurrences: [1, 3], by: 600ms }
  - duplicate: { message: PRACK, to: cmr-server, after: 5ms }
script:
  - { at: 0s, who: client-a, does: dial, target: client-b }
  - { after: 5s, since: ringing, who: client-b, does: reject }
expect:
  outcome: rejected
  verdicts: { FLOW-CON-10: not exercised }
  metrics: { answerLag: null, wasted2xx: 0, ringStart: 150ms }
  warnings: []
`;

/** The small scenario with one piece of text in place of another, which must be there. */
export function smallWith(before: string, after: string): string {
  if (!smallScenario.includes(before)) throw new Error(`${before} is not in the small scenario`);
  return smallScenario.replace(before, () => after);
}
