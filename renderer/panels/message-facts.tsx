import type { ReactElement } from 'react';

import {
  isSip,
  type MessageView,
  type RecordNumber,
  type TraceHeader,
} from '../../sim-core/reading.ts';
import { arrowsOf, messagesOf } from '../ladder/from-trace.ts';
import type { Trace, TraceView } from '../store/trace-store.ts';
import { verbs } from '../words/acts.ts';
import { nodeOf, shortTitle } from '../words/parties.ts';
import { millisText, millisWithUnit } from '../words/times.ts';
import { MessageLink } from './record-link.tsx';
import { useParts, useTrace } from './window-parts.ts';

/** When a message was sent and received, what it follows from and what followed. */
export function MessageFacts({
  message,
  header,
}: {
  readonly message: MessageView;
  readonly header: TraceHeader;
}): ReactElement {
  const { traces } = useParts();
  const answer = useTrace(answersOf).get(message.record);
  const effects = (useTrace(effectsOf).get(message.record) ?? []).filter(
    ({ record }) => record !== answer?.record,
  );
  const cause = causeOf(message, traces.trace, useTrace(arrowsOf).messageOf);
  return (
    <dl className="facts">
      <dt>{message.lost ? 'Sent' : 'Sent, received'}</dt>
      <dd>
        {message.lost
          ? `${millisWithUnit(message.sentAt)}, lost`
          : `${millisText(message.sentAt)}, ${millisWithUnit(message.arrivesAt)}`}{' '}
        {message.lost ? null : (
          <span className="quiet">took {millisText(message.arrivesAt - message.sentAt)}</span>
        )}
      </dd>
      <dt>Caused by</dt>
      <dd>
        {cause.kind === 'message' ? (
          <>
            <MessageLink message={cause.message} />
            {waited(cause.message, message)}
          </>
        ) : (
          describe(cause, header)
        )}
      </dd>
      {answer === undefined ? null : (
        <>
          <dt>Answered by</dt>
          <dd>
            <MessageLink message={answer} />{' '}
            <span className="quiet">after {millisWithUnit(answer.arrivesAt - message.sentAt)}</span>
          </dd>
        </>
      )}
      {effects.length === 0 ? null : (
        <>
          <dt>Leads to</dt>
          <dd className="effects">
            {effects.map((effect) => (
              <span key={effect.record}>
                <MessageLink message={effect} />
              </span>
            ))}
          </dd>
        </>
      )}
    </dl>
  );
}

function waited(cause: MessageView, message: MessageView): ReactElement {
  return <span className="quiet"> {millisWithUnit(message.sentAt - cause.arrivesAt)} before</span>;
}

/** What a message follows from. */
type Cause =
  | { readonly kind: 'message'; readonly message: MessageView }
  | { readonly kind: 'record'; readonly record: Trace['records'][number] }
  | { readonly kind: 'scenario' };

function causeOf(
  message: MessageView,
  trace: Trace,
  messageOf: ReadonlyMap<string, MessageView>,
): Cause {
  const received = trace.records[message.cause - 1];
  if (received === undefined) return { kind: 'scenario' };
  if (received.kind === 'received') {
    const cause = messageOf.get(String(received.sent));
    if (cause !== undefined) return { kind: 'message', message: cause };
  }
  return { kind: 'record', record: received };
}

function describe(cause: Exclude<Cause, { kind: 'message' }>, header: TraceHeader): string {
  if (cause.kind === 'scenario') return 'the scenario';
  const { record } = cause;
  const who = shortTitle(nodeOf(header, record.node).title);
  const when = millisWithUnit(record.at);
  if (record.kind === 'user') return `${who} ${verbs[record.action.kind]} at ${when}`;
  if (record.kind === 'timer fired') return `a timer of ${who} at ${when}`;
  return `${who} at ${when}`;
}

/** From a message to those that were sent because it arrived, without the media. */
const effectsOf: TraceView<ReadonlyMap<RecordNumber, readonly MessageView[]>> = (_trace, view) => {
  const sentOf = new Map<RecordNumber, RecordNumber>();
  const views = view(messagesOf);
  for (const { record, received } of views) for (const one of received) sentOf.set(one, record);
  const effects = new Map<RecordNumber, MessageView[]>();
  for (const message of views) {
    const cause = sentOf.get(message.cause);
    if (cause === undefined || message.leg === 'media') continue;
    effects.set(cause, [...(effects.get(cause) ?? []), message]);
  }
  return effects;
};

/** From a request to the first final response to it. */
const answersOf: TraceView<ReadonlyMap<RecordNumber, MessageView>> = (_trace, view) => {
  const answers = new Map<RecordNumber, MessageView>();
  const views = view(messagesOf);
  for (const request of views) {
    const { packet } = request;
    if (!isSip(packet) || packet.kind !== 'request' || packet.method === 'ACK') continue;
    const answer = views.find(
      ({ packet: other, from, to, sentAt }) =>
        isSip(other) &&
        other.kind === 'response' &&
        other.status >= 200 &&
        from === request.to &&
        to === request.from &&
        sentAt >= request.sentAt &&
        other.callId === packet.callId &&
        other.cseq.method === packet.method &&
        other.cseq.number === packet.cseq.number,
    );
    if (answer !== undefined) answers.set(request.record, answer);
  }
  return answers;
};
