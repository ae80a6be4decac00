import type { ReactElement } from 'react';

import type { MessageView } from '../../sim-core/reading.ts';
import { useParts } from './window-parts.ts';

/** A link to a message, by its name and step. */
export function MessageLink({ message }: { readonly message: MessageView }): ReactElement {
  const { actions } = useParts();
  return (
    <>
      <button type="button" className="link" onClick={() => actions.select(message.record)}>
        {message.text}
      </button>
      {message.step === null ? null : (
        <>
          {' '}
          <span className="badge small">{message.step}</span>
        </>
      )}
    </>
  );
}
