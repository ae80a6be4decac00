import type { NodeId } from '../kernel/node.ts';
import type { TraceRecord } from '../kernel/trace-record.ts';
import type { TraceNode } from '../trace/trace-header.ts';
import type { Signs, StateTest } from './sometimes.ts';

/** What local ringing is called; everything else is heard from the network. */
const localTones: readonly string[] = ['ringback tone', 'ring tone'];

function nodesOf({ header }: Signs, is: (node: TraceNode) => boolean): readonly NodeId[] {
  return header.nodes.filter(is).map(({ id }) => id);
}

/** Whether the record says that a party hears or sees a CMR Resource: no tone, and no party. */
function hearsResource({ header }: Signs, record: TraceRecord): boolean {
  if (record.kind !== 'note' || record.note.kind !== 'hears') return false;
  const parties = header.nodes.map(({ name }) => name);
  return record.note.sources.some(
    ({ source }) => !localTones.includes(source) && !parties.includes(source),
  );
}

/** Every record, with whether a resource was being heard or mixed when it was made. */
function during(
  state: 'heard' | 'mixed',
  test: (signs: Signs, record: TraceRecord) => boolean,
): StateTest {
  return (signs) => {
    const hearing = new Set<NodeId>();
    let mixed = false;
    for (const record of signs.records) {
      if ((state === 'heard' ? hearing.size > 0 : mixed) && test(signs, record)) return true;
      if (record.kind !== 'note') continue;
      const { note } = record;
      if (note.kind === 'hears') {
        if (hearsResource(signs, record)) hearing.add(record.node);
        else hearing.delete(record.node);
      }
      if (note.kind === 'mixing') mixed = note.cells.length > 0;
    }
    return false;
  };
}

function isAct(kind: string): (signs: Signs, record: TraceRecord) => boolean {
  return (_signs, record) => record.kind === 'user' && record.action.kind === kind;
}

function crashes(role: TraceNode['role']): (signs: Signs, record: TraceRecord) => boolean {
  return (signs, record) => {
    if (record.kind !== 'note' || record.note.kind !== 'outage') return false;
    if (record.note.what !== 'crashes') return false;
    return nodesOf(signs, (node) => node.role === role).includes(record.node);
  };
}

/** Whether two kinds of record were made at one and the same instant. */
function together(
  one: (signs: Signs, record: TraceRecord) => boolean,
  other: (signs: Signs, record: TraceRecord) => boolean,
): StateTest {
  return (signs) => {
    const instants = new Set(signs.records.filter((r) => one(signs, r)).map(({ at }) => at));
    return signs.records.some((r) => instants.has(r.at) && other(signs, r));
  };
}

function isControl(label: string, kind: 'received' | 'dropped') {
  return (_signs: Signs, record: TraceRecord): boolean =>
    record.kind === kind &&
    record.packet.protocol === 'resource control' &&
    record.packet.label === label;
}

function any(test: (signs: Signs, record: TraceRecord) => boolean): StateTest {
  return (signs) => signs.records.some((record) => test(signs, record));
}

/** States that have to do with what is heard, with resources, and with nodes that die. */
export const mediaStates: Readonly<Record<string, StateTest>> = {
  'hung up while the ring goes on': during('mixed', isAct('hang up')),
  'cancelled while the ring is heard': during('heard', isAct('cancel')),
  'refused while the ring is heard': during('heard', isAct('reject')),
  'answered while the ring is heard': during('heard', isAct('answer')),
  'held while the ring goes on': during('mixed', isAct('hold')),
  'held while the ring is heard': during('heard', isAct('hold')),
  'a key is pressed while the ring is heard': during('heard', isAct('press')),
  'answered at the very instant the ring begins': together(isAct('answer'), hearsResource),
  'answered as soon as it rings': ({ flights, records }) =>
    records.some(
      (record) =>
        record.kind === 'user' &&
        record.action.kind === 'answer' &&
        flights.some(
          ({ message, from, sentAt }) =>
            message.label === '180' && from === record.node && record.at - sentAt <= 10_000,
        ),
    ),
  'Resource Server dies while the ring is heard': during('heard', crashes('cmr-resource-server')),
  'Resource Server dies while it mixes': during('mixed', crashes('cmr-resource-server')),
  'CMR Server dies while the ring is heard': during('heard', crashes('cmr-server')),
  'CMR Server dies in the call': during('mixed', crashes('cmr-server')),
  'a terminal dies while the ring is heard': during('heard', crashes('cmr-client')),
  'the Resource Server refuses': any(isControl('refused', 'received')),
  'a stop is lost and the ring plays on': during('heard', isControl('stop', 'dropped')),
  // Between steps 3 and 11.
  'BYE in the Continue window': ({ header, records }) => {
    const server = header.nodes.find(({ role }) => role === 'cmr-server')?.id;
    let open = false;
    return records.some((record) => {
      if (record.node !== server) return false;
      if (record.kind === 'sent' && record.packet.label === 'allocate conference') open = true;
      if (record.kind === 'sent' && record.packet.label === 'mix') open = false;
      return open && record.kind === 'received' && record.packet.label === 'BYE';
    });
  },
  'a command to the Resource Server is lost': any(
    (signs, record) =>
      isControl('play', 'dropped')(signs, record) || isControl('reserve', 'dropped')(signs, record),
  ),
  'media arrive after the BYE': ({ records }) => {
    const gone = new Set<NodeId>();
    return records.some((record) => {
      if (record.kind !== 'received') return false;
      if (record.packet.label === 'BYE') gone.add(record.node);
      return record.packet.protocol === 'RTP' && gone.has(record.node);
    });
  },
  'a link has no room in its queue': any(
    (_signs, record) => record.kind === 'dropped' && record.why === 'queue full',
  ),
  'something arrives at a dead node': any(
    (_signs, record) => record.kind === 'dropped' && record.why === 'node down',
  ),
};
