import { makeMedia, makeSession, sdpLine } from './make-description.ts';
import { addressOf, isOn } from './media-lines.ts';
import type { MediaDescription, SdpLine, SessionDescription } from './session-description.ts';

/** Quality-of-service preconditions in descriptions (RFC 3312, RFC 4032). */

/** A direction as seen from the end that says it. */
export type Flow = 'none' | 'send' | 'recv' | 'sendrecv';

/** Whether each end speaks of its own access network, or both of the whole way (RFC 3312 §5). */
export type StatusType = 'segmented' | 'e2e';

/** What one end says in one description: what is reserved at its end, and at the other. */
export interface PreconditionStatus {
  readonly type: StatusType;
  readonly own: Flow;
  readonly other: Flow;
  /** Asks the other end to say so in a new offer as soon as its side is reserved (§7). */
  readonly confirm: boolean;
}

/** Whether any stream that is on has a desired status; others are ignored (R-PRE-08). */
export function hasPreconditions(description: SessionDescription): boolean {
  return description.media.some((media) => isOn(media) && desires(media));
}

/**
 * The description with the status in each of its streams that is on, and with none elsewhere.
 * What is desired is both directions, mandatory, on both sides.
 */
export function withPreconditions(
  description: SessionDescription,
  status: PreconditionStatus,
): SessionDescription {
  const lines = linesOf(status);
  const media = description.media.map((section) => {
    const others = section.lines.filter((line) => !isPrecondition(line));
    const all = isOn(section) ? [...others, ...lines] : others;
    if (all.length === section.lines.length && !isOn(section)) return section;
    return makeMedia(section.media, section.port, section.protocol, section.formats, all);
  });
  const { origin, sessionName } = description;
  return makeSession(origin, sessionName, description.lines, media);
}

/**
 * The description with the status lines of another one, line by line: what two ends say of their
 * networks goes on, whoever stands in for their media.
 */
export function withStatusOf(
  description: SessionDescription,
  from: SessionDescription,
): SessionDescription {
  const media = description.media.map((section, index) => {
    const said = from.media[index]?.lines.filter(isPrecondition) ?? [];
    if (said.length === 0 || !isOn(section)) return section;
    const lines = [...section.lines.filter((line) => !isPrecondition(line)), ...said];
    return makeMedia(section.media, section.port, section.protocol, section.formats, lines);
  });
  const { origin, sessionName, lines } = description;
  return makeSession(origin, sessionName, lines, media);
}

/**
 * RFC 4032 §4.1: a stream that an offer takes to another place begins anew. What was reserved at
 * the other end, or on the whole way, was so towards the old place (R-PRE-07).
 */
export function withStatusAnew(
  before: SessionDescription | null,
  offer: SessionDescription,
): SessionDescription {
  if (before === null || !hasPreconditions(offer)) return offer;
  const media = offer.media.map((section, index) => {
    const was = before.media[index];
    if (was === undefined || !isOn(section) || !isOn(was)) return section;
    const stays = was.port === section.port && addressOf(was, before) === addressOf(section, offer);
    if (stays || !desires(section)) return section;
    const lines = section.lines.map(begunAnew);
    return makeMedia(section.media, section.port, section.protocol, section.formats, lines);
  });
  const { origin, sessionName, lines } = offer;
  return makeSession(origin, sessionName, lines, media);
}

function begunAnew(line: SdpLine): SdpLine {
  const [, status] = /^curr:qos (remote|e2e) /.exec(line[1]) ?? [];
  return status === undefined ? line : sdpLine('a', `curr:qos ${status} none`);
}

/**
 * An answer given for an end that has not been asked: what that end said last of itself, and of
 * the other end what the offer says. It asks for no word of what the offer has told.
 */
export function withStatusAnswering(
  answer: SessionDescription,
  offer: SessionDescription,
): SessionDescription {
  const other = reservedAtSender(offer);
  const speaking = answer.media.find((media) => isOn(media) && desires(media));
  if (other === null || speaking === undefined) return answer;
  const [type, own] = [typeOf(speaking), currentOf(speaking)];
  const confirm = other !== 'sendrecv' && !areMet(type, own, other);
  return withPreconditions(answer, { type, own, other, confirm });
}

/**
 * An answer of somebody whose own network is always there, in the lines of which nobody else has
 * said anything: its status, and that of the other end as the offer has it (R-PRE-04).
 */
export function withOwnStatus(
  answer: SessionDescription,
  offer: SessionDescription,
): SessionDescription {
  const media = answer.media.map((section, index) => {
    const asked = offer.media[index];
    const silent = isOn(section) && !desires(section);
    if (asked === undefined || !silent || !isOn(asked) || !desires(asked)) return section;
    const other = mirrored(currentOf(asked));
    const status = { type: typeOf(asked), own: 'sendrecv', other, confirm: false } as const;
    const lines = [...section.lines, ...linesOf(status)];
    return makeMedia(section.media, section.port, section.protocol, section.formats, lines);
  });
  const { origin, sessionName, lines } = answer;
  return makeSession(origin, sessionName, lines, media);
}

function typeOf({ lines }: MediaDescription): StatusType {
  const local = lines.some(([, value]) => value.startsWith('curr:qos local'));
  return local ? 'segmented' : 'e2e';
}

/**
 * What the sender of a description says is reserved at its own end, as this end sees it: its
 * `send` is what comes here. The least of all streams that are on; null where it has no
 * preconditions.
 */
export function reservedAtSender(description: SessionDescription): Flow | null {
  const flows = description.media
    .filter((media) => isOn(media) && desires(media))
    .map((media) => currentOf(media));
  if (flows.length === 0) return null;
  return mirrored(
    flows.reduce((least, flow) =>
      flowOf(sends(least) && sends(flow), receives(least) && receives(flow)),
    ),
  );
}

/** Whether the sender wants to be told when this end has reserved. */
export function asksToConfirm(description: SessionDescription): boolean {
  return description.media.some(
    (media) => isOn(media) && media.lines.some(([type, value]) => type === 'a' && confirms(value)),
  );
}

/** Both directions are reserved on both sides, or on the whole way. */
export function areMet(type: StatusType, own: Flow, other: Flow): boolean {
  if (type === 'segmented') return own === 'sendrecv' && other === 'sendrecv';
  return eitherOf(own, other) === 'sendrecv';
}

/** The directions that one or the other has. */
export function eitherOf(one: Flow, other: Flow): Flow {
  return flowOf(sends(one) || sends(other), receives(one) || receives(other));
}

function linesOf({ type, own, other, confirm }: PreconditionStatus): SdpLine[] {
  const attribute = (value: string): SdpLine => sdpLine('a', value);
  if (type === 'e2e') {
    const asked = confirm ? [attribute('conf:qos e2e sendrecv')] : [];
    return [
      attribute(`curr:qos e2e ${own}`),
      attribute('des:qos mandatory e2e sendrecv'),
      ...asked,
    ];
  }
  const asked = confirm ? [attribute('conf:qos remote sendrecv')] : [];
  return [
    attribute(`curr:qos local ${own}`),
    attribute(`curr:qos remote ${other}`),
    attribute('des:qos mandatory local sendrecv'),
    attribute('des:qos mandatory remote sendrecv'),
    ...asked,
  ];
}

function isPrecondition([type, value]: SdpLine): boolean {
  return type === 'a' && /^(?:curr|des|conf):/.test(value);
}

function desires(media: MediaDescription): boolean {
  return media.lines.some(([type, value]) => type === 'a' && value.startsWith('des:qos '));
}

function confirms(value: string): boolean {
  return value.startsWith('conf:qos ');
}

/** `curr:qos local` of the sender, or its `curr:qos e2e`. */
function currentOf(media: MediaDescription): Flow {
  for (const [type, value] of media.lines) {
    if (type !== 'a') continue;
    const flow = /^curr:qos (?:local|e2e) (none|send|recv|sendrecv)$/.exec(value)?.[1];
    if (flow === 'none' || flow === 'send' || flow === 'recv' || flow === 'sendrecv') return flow;
  }
  return 'none';
}

/** RFC 3312 §5.2: an answer turns local into remote, and send into recv. */
function mirrored(flow: Flow): Flow {
  return flowOf(receives(flow), sends(flow));
}

function flowOf(send: boolean, receive: boolean): Flow {
  if (send) return receive ? 'sendrecv' : 'send';
  return receive ? 'recv' : 'none';
}

function sends(flow: Flow): boolean {
  return flow === 'send' || flow === 'sendrecv';
}

function receives(flow: Flow): boolean {
  return flow === 'recv' || flow === 'sendrecv';
}
