import { useState, type ReactElement } from 'react';

import { exportFormats, type ExportFormat, type ExportScope } from '../export/formats.ts';
import { showExport } from '../store/writing-edits.ts';
import { IconButton } from './icons.tsx';
import { useModal } from './use-modal.ts';
import { useEdit, useParts, useRenderer } from './window-parts.ts';

/** What to write the run out as, and how much of it. */
export function ExportDialog(): ReactElement | null {
  const shown = useRenderer((state) => state.exporting);
  return shown ? <Sheet /> : null;
}

const scopes: readonly { readonly scope: ExportScope; readonly says: string }[] = [
  { scope: 'shown', says: 'What is shown' },
  { scope: 'selection', says: 'The selection' },
  { scope: 'all', says: 'The whole run' },
];

function Sheet(): ReactElement {
  const edit = useEdit();
  const { actions } = useParts();
  const dialog = useModal();
  const [format, setFormat] = useState<ExportFormat>('svg');
  // Whoever looks at what shows a clause wants the figure of that.
  const clause = useRenderer((state) => state.clause);
  const [scope, setScope] = useState<ExportScope>(clause === null ? 'all' : 'selection');
  const selection = useRenderer(() => actions.exporting.hasSelection());
  const setting = exportFormats.find((one) => one.format === format);
  const parts = setting?.parts === true;
  const asked = parts && (scope !== 'selection' || selection) ? scope : 'all';
  const close = (): void => edit(showExport(false));

  return (
    <dialog
      ref={dialog}
      className="export-dialog"
      aria-label="Export"
      onCancel={(event) => {
        event.preventDefault();
        close();
      }}
    >
      <form
        method="dialog"
        onSubmit={(event) => {
          event.preventDefault();
          close();
          actions.exporting.save(format, asked);
        }}
      >
        <div className="panel-heading">
          <h2>Export</h2>
          <span className="far">
            <IconButton icon="close" says="Close" keys="Esc" className="small" onPress={close} />
          </span>
        </div>
        <Formats format={format} choose={setFormat} />
        <Scopes scope={asked} choose={setScope} may={{ parts, selection }} />
        <div className="export-deeds">
          <button type="submit" className="solid-button">
            {format === 'pdf' ? 'Print' : 'Save'}
          </button>
          <button
            type="button"
            className="outlined-button"
            disabled={setting?.text !== true}
            onClick={() => {
              close();
              actions.exporting.copy(format, asked);
            }}
          >
            Copy
          </button>
        </div>
      </form>
    </dialog>
  );
}

function Formats({
  format,
  choose,
}: {
  readonly format: ExportFormat;
  readonly choose: (format: ExportFormat) => void;
}): ReactElement {
  return (
    <fieldset className="export-formats">
      <legend>As</legend>
      {exportFormats.map(({ format: each, says, ending }) => (
        <label key={each}>
          <input
            type="radio"
            name="format"
            value={each}
            checked={format === each}
            data-focus-first={format === each ? true : undefined}
            onChange={() => choose(each)}
          />
          <span>{says}</span>
          <span className="quiet mono">.{ending}</span>
        </label>
      ))}
    </fieldset>
  );
}

function Scopes({
  scope,
  choose,
  may,
}: {
  readonly scope: ExportScope;
  readonly choose: (scope: ExportScope) => void;
  readonly may: { readonly parts: boolean; readonly selection: boolean };
}): ReactElement {
  return (
    <fieldset className="export-scopes">
      <legend>How much</legend>
      {scopes.map(({ scope: each, says }) => (
        <label key={each}>
          <input
            type="radio"
            name="scope"
            value={each}
            checked={scope === each}
            disabled={each !== 'all' && (!may.parts || (each === 'selection' && !may.selection))}
            onChange={() => choose(each)}
          />
          <span>{says}</span>
        </label>
      ))}
    </fieldset>
  );
}
