import type { MediaDescription, SdpLine, SessionDescription } from '../sdp/session-description.ts';
import { isAnswer, type Alteration } from './alteration.ts';
import type { SipMessage } from './message.ts';

/** Session descriptions as a node with a defect sends them. */
export const alteredDescriptions: readonly Alteration[] = [
  {
    name: 'drops-line-of-answer',
    of: isAnswer,
    alter: (one) => described(one, (sdp) => ({ ...sdp, media: sdp.media.slice(0, -1) })),
  },
  {
    name: 'answers-with-foreign-format',
    of: isAnswer,
    alter: (one) => ofMedia(one, (line) => ({ ...line, formats: ['18'], lines: [] })),
  },
  {
    name: 'answers-any-direction-both-ways',
    of: (one) => isResponse(one) && says(one, /^(?:sendonly|recvonly|inactive)$/),
    alter: (one) => ofMedia(one, (line) => directed(line, ['sendrecv'])),
  },
  {
    name: 'answers-at-other-times',
    of: isResponse,
    alter: (one) =>
      described(one, (sdp) => ({
        ...sdp,
        lines: sdp.lines.map(([type, value]) => (type === 't' ? [type, '1 2'] : [type, value])),
      })),
  },
  {
    name: 'shuffles-sdp',
    of: hasBody,
    alter: (one) => described(one, (sdp) => ({ ...sdp, lines: sdp.lines.toReversed() })),
  },
  {
    name: 'forgets-connection-line',
    of: hasBody,
    alter: (one) =>
      ofMedia(described(one, withoutConnection), (line) => ({
        ...line,
        lines: line.lines.filter(notConnection),
      })),
  },
  {
    name: 'says-two-directions',
    of: hasBody,
    alter: (one) => ofMedia(one, (line) => directed(line, ['sendrecv', 'sendonly'])),
  },
  {
    name: 'forgets-rtpmap',
    of: hasBody,
    alter: (one) =>
      ofMedia(one, (line) => ({
        ...line,
        lines: line.lines.filter(([, value]) => !value.startsWith('rtpmap:')),
      })),
  },
  {
    name: 'never-confirms-preconditions',
    of: (one) => one.kind === 'request' && says(one, /^curr:qos \S+ (?!none)/),
    alter: (one) =>
      ofMedia(one, (line) => ({
        ...line,
        lines: line.lines.map(([type, value]) => [
          type,
          value.replace(/^(curr:qos \S+) .*$/, '$1 none'),
        ]),
      })),
  },
  {
    name: 'shortens-reinvite',
    of: (one) => one.label === 'INVITE' && one.to.tag !== null && hasBody(one),
    alter: (one) => described(one, (sdp) => ({ ...sdp, media: sdp.media.slice(0, -1) })),
  },
  {
    name: 'lowers-preconditions',
    of: (one) => isResponse(one) && says(one, /qos mandatory/),
    alter: (one) =>
      ofMedia(one, (line) => ({
        ...line,
        lines: line.lines.map(([type, value]) => [
          type,
          value.replace('qos mandatory', 'qos optional'),
        ]),
      })),
  },
];

/** What a proxy with a defect makes of the descriptions that pass it. */
export const editedBodies: Alteration = {
  name: 'edits-bodies',
  of: hasBody,
  alter: (one) => described(one, (sdp) => ({ ...sdp, sessionName: 'edited' })),
};

function hasBody({ bodies }: SipMessage): boolean {
  return bodies.length > 0;
}

function isResponse(message: SipMessage): boolean {
  return message.kind === 'response' && hasBody(message);
}

/** Whether an m= section has an attribute like that. */
function says({ bodies }: SipMessage, attribute: RegExp): boolean {
  return bodies.some(({ description }) =>
    description.media.some(({ lines }) => lines.some(([, value]) => attribute.test(value))),
  );
}

function described(
  message: SipMessage,
  alter: (description: SessionDescription) => SessionDescription,
): SipMessage {
  const bodies = message.bodies.map(({ disposition, description }) => ({
    disposition,
    description: alter(description),
  }));
  return { ...message, bodies };
}

function ofMedia(
  message: SipMessage,
  alter: (line: MediaDescription) => MediaDescription,
): SipMessage {
  return described(message, (sdp) => ({ ...sdp, media: sdp.media.map(alter) }));
}

function withoutConnection(sdp: SessionDescription): SessionDescription {
  return { ...sdp, lines: sdp.lines.filter(notConnection) };
}

function notConnection([type]: SdpLine): boolean {
  return type !== 'c';
}

function directed(line: MediaDescription, directions: readonly string[]): MediaDescription {
  const others = line.lines.filter(
    ([, value]) => !/^(?:sendrecv|sendonly|recvonly|inactive)$/.test(value),
  );
  return { ...line, lines: [...others, ...directions.map((value): SdpLine => ['a', value])] };
}
