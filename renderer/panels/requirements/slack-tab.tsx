import type { ReactElement } from 'react';

import { slackOf, type RecordNumber, type Slack } from '../../../sim-core/reading.ts';
import { showEvidence } from '../../store/edits.ts';
import type { TraceView } from '../../store/trace-store.ts';
import { nodeOf } from '../../words/parties.ts';
import { millisText } from '../../words/times.ts';
import { useEdit, useParts, useTrace } from '../window-parts.ts';

/** The margins by which the shown run held, the least first. */
const slackOfRun: TraceView<readonly Slack[]> = ({ header, records, end }) =>
  header === null || end === null ? [] : slackOf(header, records);

/** By how much each timer was stopped in time, and each order kept that a clause demands. */
export function SlackTab(): ReactElement {
  const slack = useTrace(slackOfRun);
  if (slack.length === 0) return <p className="empty">No timer and no order was in the balance.</p>;
  return (
    <>
      <p className="prose quiet">
        By so much later each could have come and still been in time, the least first.
      </p>
      <table className="metrics slack">
        <thead>
          <tr>
            <th scope="col">Slack, ms</th>
            <th scope="col">What was in time</th>
            <th scope="col">Records</th>
          </tr>
        </thead>
        <tbody>
          {slack.map((one) => (
            <Row key={`${one.what} ${one.records.join(' ')}`} slack={one} />
          ))}
        </tbody>
      </table>
    </>
  );
}

function Row({ slack }: { readonly slack: Slack }): ReactElement {
  const { traces } = useParts();
  const edit = useEdit();
  const { clause, records, what } = slack;
  const { header } = traces.trace;
  const node = header === null ? null : nodeOf(header, slack.node);
  return (
    <tr>
      <td className="value">{millisText(slack.slack)}</td>
      <td>
        {slack.kind === 'timer' ? `${node?.title ?? ''} stops ${what}` : what}
        {clause === null ? null : (
          <>
            {', '}
            <button type="button" className="link" onClick={() => edit(showEvidence(clause))}>
              {clause}
            </button>
          </>
        )}
      </td>
      <td>
        <RecordLink number={records[0]} /> <RecordLink number={records[1]} />
      </td>
    </tr>
  );
}

/** Leads to the arrow that stands for a record. */
function RecordLink({ number }: { readonly number: RecordNumber }): ReactElement {
  const { actions } = useParts();
  return (
    <button type="button" className="link" onClick={() => actions.selectShown(number)}>
      #{number}
    </button>
  );
}
