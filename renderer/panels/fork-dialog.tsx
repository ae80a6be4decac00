import { useState, type ReactElement } from 'react';

import { micros, type MessageView, type Micros, type TraceHeader } from '../../sim-core/reading.ts';
import { messagesOf } from '../ladder/from-trace.ts';
import { askFork } from '../store/edits.ts';
import { directionWords } from '../words/parties.ts';
import { millisWithUnit } from '../words/times.ts';
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
    </dialog>
  );
}

/** Lost, later, or twice. */
function Deeds({ message }: { readonly message: MessageView }): ReactElement {
  const { actions } = useParts();
  const [delay, setDelay] = useState('400');
  const by = microsOf(delay);
  return (
    <div className="fork-deeds">
      <button
        type="button"
        className="outlined-button"
        onClick={() => actions.forkMessage(message.record, { kind: 'drop' })}
      >
        is lost
      </button>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (by !== null) actions.forkMessage(message.record, { kind: 'delay', by });
        }}
      >
        <button type="submit" className="outlined-button" disabled={by === null}>
          comes later
        </button>
        <label>
          by
          <input
            value={delay}
            inputMode="decimal"
            aria-label="Delay in milliseconds"
            aria-invalid={by === null}
            onChange={(event) => setDelay(event.target.value)}
          />
          ms
        </label>
      </form>
      <button
        type="button"
        className="outlined-button"
        onClick={() =>
          actions.forkMessage(message.record, { kind: 'duplicate', after: micros(5_000) })
        }
      >
        comes twice
      </button>
    </div>
  );
}

/** Milliseconds as people type them, down to the microsecond; null for anything else. */
function microsOf(text: string): Micros | null {
  if (!/^\d{1,7}([.,]\d{1,3})?$/.test(text.trim())) return null;
  const length = Math.round(Number(text.trim().replace(',', '.')) * 1_000);
  return length > 0 ? micros(length) : null;
}
