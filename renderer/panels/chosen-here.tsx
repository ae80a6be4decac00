import type { ReactElement } from 'react';

import type { ChoiceMade, RecordNumber } from '../../sim-core/reading.ts';
import { messagesOf } from '../ladder/from-trace.ts';
import { chosenWords } from '../words/chosen-words.ts';
import { millisWithUnit } from '../words/times.ts';
import { useAnswerAbout, useRecordAtPlayhead } from './around-record.ts';
import { LeverField } from './lever-field.tsx';
import { useParts } from './window-parts.ts';

/** What chance chose with the last record at the playhead, to be chosen otherwise. */
export function ChosenHere(): ReactElement | null {
  const { actions, traces } = useParts();
  const last = useRecordAtPlayhead();
  const known = useAnswerAbout(last?.number ?? null, actions.choices);
  const at = known === null ? undefined : traces.trace.records[known.record - 1]?.at;
  if (known === null || at === undefined) return null;
  const { answer: choices } = known;
  return (
    <>
      <h3 className="section-heading">
        What chance chose<span>at {millisWithUnit(at)}</span>
      </h3>
      {choices.length === 0 ? (
        <p className="prose quiet">
          Nothing was left to chance here: it is where links lose, double or vary, and where people
          take their time.
        </p>
      ) : (
        <ChoiceList choices={choices} />
      )}
    </>
  );
}

/** What chance chose about one message on its way. */
export function ChosenOfMessage({
  record,
}: {
  readonly record: RecordNumber;
}): ReactElement | null {
  const { actions } = useParts();
  const known = useAnswerAbout(record, actions.choices);
  const choices = known?.answer.filter((one) => one.record === record) ?? [];
  if (choices.length === 0) return null;
  return (
    <>
      <h3 className="section-heading">What chance chose about it</h3>
      <ChoiceList choices={choices} isNamed={false} />
    </>
  );
}

function ChoiceList({
  choices,
  isNamed = true,
}: {
  readonly choices: readonly ChoiceMade[];
  /** Whether each says whose it is. */
  readonly isNamed?: boolean;
}): ReactElement {
  return (
    <ul className="levers choices-made">
      {choices.map((made) => (
        <li key={`${made.choice} ${made.value}`}>
          <Chosen made={made} isNamed={isNamed} />
        </li>
      ))}
    </ul>
  );
}

/** One choice, and the way to take it otherwise. */
function Chosen({
  made,
  isNamed,
}: {
  readonly made: ChoiceMade;
  readonly isNamed: boolean;
}): ReactElement | null {
  const { actions, traces } = useParts();
  const { header } = traces.trace;
  if (header === null) return null;
  const message = traces.view(messagesOf).find(({ record }) => record === made.record) ?? null;
  const words = chosenWords(made, message, header);
  const line = `${isNamed ? words.who : 'It'} ${words.came}`;
  if (words.kind === 'value') {
    return (
      <LeverField
        says={line}
        bounds={words.bounds}
        value={words.value}
        run={(value) => actions.choose(made.choice, value, words.says(value))}
      />
    );
  }
  const { does, value, says } = words.other;
  return (
    <div className="yes-or-no">
      <span>
        {line}
        <small>{words.bounds}</small>
      </span>
      <button
        type="button"
        className="outlined-button small"
        onClick={() => actions.choose(made.choice, value, says)}
      >
        {does}
      </button>
    </div>
  );
}
