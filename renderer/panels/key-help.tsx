import { group } from 'd3';
import { useEffect, useState, type ReactElement } from 'react';

import { announce, showKeyHelp } from '../store/edits.ts';
import { chooseKeys, remapKeys } from '../store/writing-edits.ts';
import { asDelivered, isUsable, takenBy, tableWith } from '../words/key-choice.ts';
import { keysOf, printKeys, type KeyAction, type KeyBinding } from '../words/keys.ts';
import { IconButton } from './icons.tsx';
import { useModal } from './use-modal.ts';
import { useEdit, useParts, useRenderer } from './window-parts.ts';

/** Every key, from the table that binds them, and a way to have others. */
export function KeyHelp(): ReactElement | null {
  const shown = useRenderer((state) => state.keyHelp);
  return shown ? <Sheet /> : null;
}

function Sheet(): ReactElement {
  const edit = useEdit();
  const choice = useRenderer((state) => state.keys);
  const dialog = useModal();
  const changed = Object.keys(choice.remapped).length > 0 || !choice.single;
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
        {[...group(tableWith(choice), (binding) => binding.group)].map(([name, bindings]) => (
          <section key={name}>
            <h3>{name}</h3>
            <dl>
              {bindings.map((binding) => (
                <Row key={binding.action} binding={binding} />
              ))}
            </dl>
          </section>
        ))}
      </div>
      <div className="key-choices">
        <label>
          <input
            type="checkbox"
            checked={choice.single}
            onChange={(event) => edit(chooseKeys({ ...choice, single: event.target.checked }))}
          />
          <span>Single letters, digits and signs do something; never while you type.</span>
        </label>
        <button
          type="button"
          className="outlined-button"
          disabled={!changed}
          onClick={() => edit(chooseKeys(asDelivered))}
        >
          As delivered
        </button>
      </div>
      <p className="quiet">Choose a key to press another for it; Esc leaves it as it is.</p>
    </dialog>
  );
}

function Row({ binding }: { readonly binding: KeyBinding }): ReactElement {
  const { action, keys, says } = binding;
  const [listening, setListening] = useState(false);
  return (
    <div>
      <dt>
        {listening ? (
          <Listener action={action} done={() => setListening(false)} />
        ) : (
          <button
            type="button"
            className="key-button"
            aria-label={`Other keys for: ${says}`}
            onClick={() => setListening(true)}
          >
            {keys.length === 0 ? <kbd>none</kbd> : null}
            {keys.map((key) => (
              <kbd key={key}>{printKeys(key)}</kbd>
            ))}
          </button>
        )}
      </dt>
      <dd>{says}</dd>
    </div>
  );
}

/** Takes the next keystroke for an action. */
function Listener({
  action,
  done,
}: {
  readonly action: KeyAction;
  readonly done: () => void;
}): ReactElement {
  const { store } = useParts();
  const edit = useEdit();
  const [says, setSays] = useState('press keys');
  useEffect(() => {
    function take(event: KeyboardEvent): void {
      event.preventDefault();
      event.stopPropagation();
      const name = keysOf(event);
      if (name === 'Escape') {
        done();
        return;
      }
      if (!isUsable(name)) return;
      const other = takenBy(store.state.keys, action, name);
      if (other !== null) {
        setSays(`${printKeys(name)} is: ${other.says}`);
        return;
      }
      edit(remapKeys(action, name));
      edit(announce(`${printKeys(name)} from now on.`));
      done();
    }
    window.addEventListener('keydown', take, true);
    return () => window.removeEventListener('keydown', take, true);
  }, [action, done, edit, store]);
  return (
    <span className="key-listener" role="status">
      {says}
    </span>
  );
}
