import { useState, type ReactElement } from 'react';

import { micros, type MessageView, type Micros, type TraceHeader } from '../../sim-core/reading.ts';
import { messagesOf } from '../ladder/from-trace.ts';
import { askFork } from '../store/edits.ts';
import { directionWords } from '../words/parties.ts';
import { millisWithUnit } from '../words/times.ts';
import { ChosenOfMessage } from './chosen-here.tsx';
import { IconButton } from './icons.tsx';
import { useModal } from './use-modal.ts';
import { useEdit, useParts, useRenderer, useTrace } from './window-parts.ts';

/** Asks what is to become of a message. */
export function ForkDialog(): ReactElement | null {
  const { traces } = useParts();
  const forking = useRenderer((state) => state.forking);
  const message = useTrace(messagesOf).find(({ record }) => record === forking);
  const { header } = traces.trace;
  if (message === undefined || header === null) return null;
  return <Question message={message} header={header} />;
}

function Question({
  message,
  header,
}: {
  readonly message: MessageView;
  readonly header: TraceHeader;
}): ReactElement {
  const edit = useEdit();
  const dialog = useModal();
  return (
    <dialog
      ref={dialog}
      className="fork-dialog"
      aria-label="Fork here"
      onCancel={(event) => {
        event.preventDefault();
        edit(askFork(null));
      }}
    >
      <div className="panel-heading">
        <h2>
          What if {message.text}
          {message.step === null ? null : <span className="badge small">{message.step}</span>}
        </h2>
        <span className="far">
          <IconButton
            icon="close"
            says="Close"
            keys="Esc"
            className="small"
            onPress={() => edit(askFork(null))}
          />
        </span>
      </div>
      <p className="fork-way">
        {directionWords(header, message.from, message.to)}, sent {millisWithUnit(message.sentAt)}
      </p>
      <Deeds message={message} />
      <ChosenOfMessage record={message.record} />
    </dialog>
  );
}

/** Lost, later, or twice. */
function Deeds({ message }: { readonly message: MessageView }): ReactElement {
  const { actions } = useParts();
  return (
    <div className="fork-deeds">
      <button
        type="button"
        className="outlined-button"
        data-focus-first
        onClick={() => actions.forkMessage(message.record, { kind: 'drop' })}
      >
        is lost
      </button>
      <TimedDeed
        says="comes later"
        joined="by"
        name="Delay in milliseconds"
        usual="400"
        fork={(by) => actions.forkMessage(message.record, { kind: 'delay', by })}
      />
      <TimedDeed
        says="comes twice"
        joined="the copy after"
        name="Gap before the copy in milliseconds"
        usual="5"
        fork={(after) => actions.forkMessage(message.record, { kind: 'duplicate', after })}
      />
    </div>
  );
}

/** A fault that has a length of time to it. */
function TimedDeed({
  says,
  joined,
  name,
  usual,
  fork,
}: {
  readonly says: string;
  readonly joined: string;
  readonly name: string;
  /** Milliseconds, as they stand in the field at first. */
  readonly usual: string;
  readonly fork: (length: Micros) => void;
}): ReactElement {
  const [text, setText] = useState(usual);
  const length = microsOf(text);
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (length !== null) fork(length);
      }}
    >
      <button type="submit" className="outlined-button" disabled={length === null}>
        {says}
      </button>
      <label>
        {joined}
        <input
          value={text}
          inputMode="decimal"
          aria-label={name}
          aria-invalid={length === null}
          onChange={(event) => setText(event.target.value)}
        />
        ms
      </label>
    </form>
  );
}

/** Milliseconds as people type them, down to the microsecond; null for anything else. */
function microsOf(text: string): Micros | null {
  if (!/^\d{1,7}([.,]\d{1,3})?$/.test(text.trim())) return null;
  const length = Math.round(Number(text.trim().replace(',', '.')) * 1_000);
  return length > 0 ? micros(length) : null;
}
