import { Fragment, type ReactElement } from 'react';

import { metricTable, type Metrics } from '../../sim-core/reading.ts';
import { commandOf } from '../store/command-line.ts';
import type { RunEnd } from '../store/trace-store.ts';
import { countText, metricText, millisWithUnit } from '../words/times.ts';
import { useRenderer, useTrace } from './window-parts.ts';

/** What came of a call, and how the run ended. */
export function outcomeSentence({ outcome, ended }: RunEnd): string {
  return `${outcomeWords[outcome]} ${endedWords[ended]}`;
}

/** What was measured in the run, how to have it again, and by which readings it went. */
export function RunFacts(): ReactElement | null {
  const line = useRenderer(commandOf);
  const { header, end, records } = useTrace((trace) => trace);
  if (header === null || end === null) return null;
  return (
    <>
      <h3 className="section-heading">Measured</h3>
      <MetricTable metrics={end.metrics} />
      <h3 className="section-heading">The run</h3>
      <dl className="facts padded">
        <dt>Fingerprint</dt>
        <dd className="mono">{end.fingerprint}</dd>
        <dt>Seed</dt>
        <dd className="mono">{header.seed}</dd>
        <dt>Profile</dt>
        <dd>{header.profile}</dd>
        <dt>Records</dt>
        <dd>
          {countText(records.length)}, made by {countText(end.events)} events
        </dd>
        <dt>Ended</dt>
        <dd>{millisWithUnit(end.endedAt)}</dd>
      </dl>
      <h3 className="section-heading">
        Switches<span>where the texts are silent</span>
      </h3>
      <dl className="facts padded switches">
        {Object.entries(header.switches).map(([name, value]) => (
          <Fragment key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </Fragment>
        ))}
      </dl>
      <h3 className="section-heading">The same run from a command line</h3>
      <p className="command-line">
        <code>{line}</code>
      </p>
    </>
  );
}

const outcomeWords = {
  'ring continues': 'The call is answered and the ring goes on, mixed into it.',
  'ring stopped': 'The call is answered and the ring stops.',
  'answered without ring': 'The call is answered; there was no ring to continue.',
  rejected: 'The call is rejected.',
  cancelled: 'The caller gives up before the answer.',
  'not answered': 'Nobody answers.',
  failed: 'The call fails.',
} as const;

const endedWords = {
  quiet: 'Nothing is left to happen.',
  'time limit': 'The run was ended at the scenario’s time limit.',
  'event limit': 'The run was ended at the limit of events.',
} as const;

function MetricTable({ metrics }: { readonly metrics: Metrics }): ReactElement {
  return (
    <table className="metrics measured">
      <caption className="only-heard">What was measured in this run</caption>
      <tbody>
        {Object.entries(metricTable).map(([name, { says }]) => {
          const value = new Map(Object.entries(metrics)).get(name) ?? null;
          return (
            <tr key={name}>
              <th scope="row">{name}</th>
              <td className="quiet">{says}</td>
              <td className="value">
                {value === null ? (
                  <span title="does not apply to this call">–</span>
                ) : (
                  metricText(name, value)
                )}
              </td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}
