import { useEffect, useRef, type ReactElement } from 'react';

import { showGlossary } from '../store/door-edits.ts';
import { glossary, glossaryPieces } from '../words/glossary.ts';
import { IconButton } from './icons.tsx';
import { useModal } from './use-modal.ts';
import { useEdit, useRenderer } from './window-parts.ts';

/** The words of the field, each in a sentence. */
export function Glossary(): ReactElement | null {
  const shown = useRenderer(({ doors }) => doors.glossary);
  return shown === null ? null : <Sheet term={shown.term} />;
}

function Sheet({ term }: { readonly term: string | null }): ReactElement {
  const edit = useEdit();
  const dialog = useModal();
  const asked = useRef<HTMLDivElement>(null);
  const close = (): void => edit(showGlossary(null));
  useEffect(() => {
    // What browsers give back of it is no clearing up.
    asked.current?.scrollIntoView({ block: 'center' });
  }, [term]);
  return (
    <dialog
      ref={dialog}
      className="glossary"
      aria-label="Glossary"
      onCancel={(event) => {
        event.preventDefault();
        close();
      }}
    >
      <div className="panel-heading">
        <h2>Glossary</h2>
        <span className="far">
          <IconButton icon="close" says="Close" keys="Esc" className="small" onPress={close} />
        </span>
      </div>
      <dl className="scrolls" tabIndex={0} aria-label="Terms">
        {glossary.map(({ term: each, says }) => (
          <div key={each} ref={each === term ? asked : null} aria-current={each === term}>
            <dt>{each}</dt>
            <dd>{says}</dd>
          </div>
        ))}
      </dl>
    </dialog>
  );
}

/** A sentence; for whoever came in by the door of learning, its terms lead to the glossary. */
export function Told({ text }: { readonly text: string }): ReactElement {
  const edit = useEdit();
  const learning = useRenderer(({ doors }) => doors.door === 'learn');
  if (!learning) return <>{text}</>;
  return (
    <>
      {glossaryPieces(text).map(({ text: piece, term }, place) =>
        term === null ? (
          piece
        ) : (
          <button
            key={place}
            type="button"
            className="term"
            title={glossary.find((one) => one.term === term)?.says}
            onClick={() => edit(showGlossary({ term }))}
          >
            {piece}
          </button>
        ),
      )}
    </>
  );
}
