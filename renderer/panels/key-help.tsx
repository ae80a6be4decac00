import { group } from 'd3';
import { useEffect, useRef, type ReactElement } from 'react';

import { showKeyHelp } from '../store/edits.ts';
import { keyTable, printKeys } from '../words/keys.ts';
import { IconButton } from './icons.tsx';
import { useEdit, useRenderer } from './window-parts.ts';

/** Every key, from the table that binds them. */
export function KeyHelp(): ReactElement | null {
  const shown = useRenderer((state) => state.keyHelp);
  return shown ? <Sheet /> : null;
}

function Sheet(): ReactElement {
  const edit = useEdit();
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    const element = dialog.current;
    element?.showModal();
    return () => element?.close();
  }, []);
  return (
    <dialog
      ref={dialog}
      className="key-help"
      aria-label="All keys"
      onCancel={(event) => {
        event.preventDefault();
        edit(showKeyHelp(false));
      }}
    >
      <div className="panel-heading">
        <h2>All keys</h2>
        <span className="far">
          <IconButton
            icon="close"
            says="Close"
            keys="Esc"
            className="small"
            onPress={() => edit(showKeyHelp(false))}
          />
        </span>
      </div>
      <div className="key-groups">
        {[...group(keyTable, (binding) => binding.group)].map(([name, bindings]) => (
          <section key={name}>
            <h3>{name}</h3>
            <dl>
              {bindings.map(({ action, keys, says }) => (
                <div key={action}>
                  <dt>
                    {keys.map((key) => (
                      <kbd key={key}>{printKeys(key)}</kbd>
                    ))}
                  </dt>
                  <dd>{says}</dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
      <p className="quiet">Single letters are off while you type.</p>
    </dialog>
  );
}
