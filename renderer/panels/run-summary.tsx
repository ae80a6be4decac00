import { Fragment, type ReactElement } from 'react';

import { metricTable, printMetric, type Metrics } from '../../sim-core/reading.ts';
import { keyHint } from '../words/keys.ts';
import { millisWithUnit } from '../words/times.ts';
import { useParts } from './window-parts.ts';

/** The run as a whole: what came of the call, what was measured, how to have it again. */
export function RunSummary(): ReactElement {
  const { traces } = useParts();
  const { header, end, records } = traces.trace;
  if (header === null || end === null) return <p className="empty">The run is coming in.</p>;
  const sentence = `${outcomeWords[end.outcome]} ${endedWords[end.ended]}`;
  return (
    <>
      <div className="inspector-head">
        <h2 className="inspector-title">
          <span className="inspector-name">{header.title}</span>
        </h2>
        <p className="inspector-says">{sentence}</p>
        <p className="direction">
          Choose a message; <kbd>{keyHint('next message')}</kbd> goes through them.
        </p>
      </div>
      <div className="inspector-body scrolls" tabIndex={0} role="group" aria-label="The run">
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
            {records.length}, made by {end.events} events
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
      </div>
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
    <table className="metrics">
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
                  printMetric(name, value)
                )}
              </td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}
