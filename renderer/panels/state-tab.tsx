import type { ReactElement } from 'react';

import type {
  MessageView,
  Micros,
  NodeId,
  NodeView,
  RecordNumber,
  StatesAround,
  TraceHeader,
  TraceRecord,
} from '../../sim-core/reading.ts';
import { freshDescriptionsOf, sinceOf } from '../judgement/since.ts';
import {
  changedGroups,
  changedTimers,
  type ChangedFact,
  type ChangedGroup,
  type ChangedTimer,
} from '../judgement/state-changes.ts';
import { streamLengths, type StreamLength } from '../judgement/stream-lengths.ts';
import { arrowsOf } from '../ladder/from-trace.ts';
import { inspectNode } from '../store/edits.ts';
import { timerName } from '../words/acts.ts';
import { nodeOf, sentenceCase, shortTitle } from '../words/parties.ts';
import { millisText, millisWithUnit } from '../words/times.ts';
import { useAnswerAbout, useRecordAtPlayhead } from './around-record.ts';
import { Segments } from './segments.tsx';
import { useEdit, useParts, useRenderer, useTrace } from './window-parts.ts';

/** The state of a node before and after what is selected, or at the playhead. */
export function StateTab(): ReactElement {
  const { traces, actions } = useParts();
  const selected = useRenderer((state) => state.selected);
  const chosen = useRenderer((state) => state.inspected);
  const header = useTrace((trace) => trace.header);
  const { records } = traces.trace;
  const last = useRecordAtPlayhead();
  const arrows = useTrace(arrowsOf);
  const message =
    selected === null ? undefined : arrows.messageOf.get(arrows.arrowOf.get(selected) ?? '');
  const chosenRecord =
    message === undefined ? selected : recordFor(message, chosen ?? message.to, records);
  const record = selected === null ? last : (records[(chosenRecord ?? 0) - 1] ?? null);
  const states = useAnswerAbout(record?.number ?? null, actions.states)?.answer ?? null;
  if (header === null) return <p className="empty">Nothing has run yet.</p>;
  if (record === null) return <p className="empty">Pause the clock to look into a node.</p>;
  const node = chosen ?? message?.to ?? record.node;
  return (
    <>
      <NodeSwitch header={header} node={node} />
      <p className="prose quiet state-when">
        {selected === null
          ? `At ${millisWithUnit(record.at)}`
          : `${whenWords(message, record, header)}, at ${millisWithUnit(record.at)}`}
        ; what changes then is marked
      </p>
      {states === null ? null : (
        <NodeState header={header} states={states} node={node} record={record} />
      )}
    </>
  );
}

/** Of a message, the end of it that matters to a node: its arrival, or what it was sent for. */
function recordFor(
  { from, to, record, cause, received }: MessageView,
  node: NodeId,
  records: readonly TraceRecord[],
): RecordNumber {
  if (node === from && records[cause - 1]?.node === from) return cause;
  return node === to ? (received[0] ?? record) : record;
}

function whenWords(
  message: MessageView | undefined,
  record: TraceRecord,
  header: TraceHeader,
): string {
  const who = shortTitle(nodeOf(header, record.node).title);
  if (message === undefined) return `With what happens at ${who}`;
  if (record.number === message.record) return `When ${who} sends it`;
  return record.number === message.cause ? `When ${who} comes to send it` : `When ${who} gets it`;
}

function NodeSwitch({
  header,
  node,
}: {
  readonly header: TraceHeader;
  readonly node: NodeId;
}): ReactElement {
  const edit = useEdit();
  return (
    <div className="node-switch">
      <Segments
        label="Node"
        of={header.nodes.map(({ id, title }, place) => ({
          value: id,
          says: shortTitle(title).replace(' Server', ''),
          title: place < 9 ? `${title} (${place + 1})` : title,
        }))}
        chosen={node}
        choose={(id) => edit(inspectNode(id))}
      />
    </div>
  );
}

function NodeState({
  header,
  states,
  node,
  record,
}: {
  readonly header: TraceHeader;
  readonly states: StatesAround;
  readonly node: NodeId;
  readonly record: TraceRecord;
}): ReactElement {
  const nothing: NodeView = { node, groups: [], timers: [] };
  const before = states.before.find((one) => one.node === node) ?? nothing;
  const after = states.after.find((one) => one.node === node) ?? nothing;
  const { traces } = useParts();
  const groups = changedGroups(before, after);
  const timers = changedTimers(before, after);
  const streams = streamLengths(traces.trace.records, node, record.at);
  return (
    <>
      {groups.map((group, place) => (
        <section key={place} aria-label={groupTitle(header, group)}>
          <h3 className="section-heading">{groupTitle(header, group)}</h3>
          <dl className="facts padded state">
            {group.facts.map((fact, index) => (
              <Fact key={index} fact={fact} node={node} record={record} streams={streams} />
            ))}
          </dl>
        </section>
      ))}
      {timers.length === 0 ? null : (
        <section aria-label="Timers">
          <h3 className="section-heading">Timers</h3>
          <dl className="facts padded state">
            {timers.map((timer) => (
              <Timer key={`${timer.timer} ${timer.change}`} timer={timer} record={record} />
            ))}
          </dl>
        </section>
      )}
      {groups.length + timers.length === 0 ? <p className="empty">It knows of no call.</p> : null}
    </>
  );
}

function groupTitle(header: TraceHeader, { title, peer }: ChangedGroup): string {
  if (peer === null) return sentenceCase(title);
  return `${sentenceCase(title)} to ${shortTitle(nodeOf(header, peer).title)}`;
}

function Fact({
  fact,
  node,
  record,
  streams,
}: {
  readonly fact: ChangedFact;
  readonly node: NodeId;
  readonly record: TraceRecord;
  readonly streams: ReadonlyMap<string, StreamLength>;
}): ReactElement {
  const { traces } = useParts();
  const fresh = useTrace(freshDescriptionsOf);
  const { name, value, was, changed, subject } = fact;
  const since =
    subject === null || value === null
      ? null
      : sinceOf(traces.trace.records, node, subject, record.number, fresh);
  const length = value === null ? null : lengthWords(fact, streams, since, record.at);
  return (
    <div className={changed ? 'fact changed' : 'fact'}>
      <dt>{name}</dt>
      <dd>
        {was !== null && changed ? (
          <>
            <del>{was}</del>{' '}
          </>
        ) : null}
        {value === null ? <span className="quiet">ends</span> : <span>{value}</span>}
        {length === null ? null : <span className="quiet">, {length}</span>}
        {since === null ? null : <Since record={since} />}
      </dd>
    </div>
  );
}

/** How far a player has come, or how many packets of a stream have passed. */
function lengthWords(
  { subject, value }: ChangedFact,
  streams: ReadonlyMap<string, StreamLength>,
  since: TraceRecord | null,
  at: Micros,
): string | null {
  const stream = streams.get(subject?.replace(/^stream /, '') ?? '');
  if (stream !== undefined) return stream.packets === 1 ? '1 packet' : `${stream.packets} packets`;
  const plays = subject?.startsWith('player of ') === true && value?.startsWith('plays') === true;
  return plays && since !== null ? `${millisWithUnit(at - since.at)} into it` : null;
}

/** A link to what has made it so. */
function Since({ record }: { readonly record: TraceRecord }): ReactElement {
  const { actions } = useParts();
  return (
    <span className="quiet">
      {' '}
      since{' '}
      <button type="button" className="link" onClick={() => actions.selectShown(record.number)}>
        {millisText(record.at)}
      </button>
    </span>
  );
}

function Timer({
  timer: { timer, firesAt, change },
  record,
}: {
  readonly timer: ChangedTimer;
  readonly record: TraceRecord;
}): ReactElement {
  const left = millisWithUnit(Math.max(0, firesAt - record.at));
  const says = {
    starts: `starts, fires in ${left}`,
    runs: `fires in ${left}`,
    ends: firesAt <= record.at ? 'fires' : `stops with ${left} left`,
  }[change];
  return (
    <div className={change === 'runs' ? 'fact' : 'fact changed'}>
      <dt>{timerName(timer)}</dt>
      <dd>
        {says} <span className="quiet">{change === 'ends' ? '' : `at ${millisText(firesAt)}`}</span>
      </dd>
    </div>
  );
}
