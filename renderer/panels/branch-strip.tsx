import type { ReactElement } from 'react';

import { commandOf } from '../store/command-line.ts';
import { movePlayhead, whatIfOf } from '../store/edits.ts';
import type { Branch } from '../store/what-if.ts';
import { keyHint } from '../words/keys.ts';
import { millisWithUnit } from '../words/times.ts';
import { IconButton } from './icons.tsx';
import { useParting } from './parting.ts';
import { useEdit, useParts, useRenderer } from './window-parts.ts';

/** The ways the call could have gone, which is shown, and the command that makes it. */
export function BranchStrip(): ReactElement | null {
  const { actions } = useParts();
  const whatIf = useRenderer(whatIfOf);
  const { branches, shown } = whatIf.tree;
  if (branches.length === 1 && whatIf.undone.length === 0) return null;
  return (
    <section className="branch-strip inset-focus" data-region="branches" aria-label="Branches">
      <ul>
        {branches.map((branch) => (
          <BranchItem key={branch.id} branch={branch} shown={branch.id === shown} />
        ))}
      </ul>
      <IconButton
        icon="undo"
        says={undoWords('Undo', whatIf.done.at(-1)?.says)}
        keys={keyHint('undo')}
        className="small"
        disabled={whatIf.done.length === 0}
        onPress={() => actions.do('undo')}
      />
      <IconButton
        icon="redo"
        says={undoWords('Redo', whatIf.undone.at(-1)?.says)}
        keys={keyHint('redo')}
        className="small"
        disabled={whatIf.undone.length === 0}
        onPress={() => actions.do('redo')}
      />
      <Parting />
      <Command />
    </section>
  );
}

function undoWords(verb: string, says: string | undefined): string {
  return says === undefined ? verb : `${verb}: ${says}`;
}

function BranchItem({
  branch,
  shown,
}: {
  readonly branch: Branch;
  readonly shown: boolean;
}): ReactElement {
  const { actions } = useParts();
  return (
    <li>
      {branch.parent === null ? null : (
        <span className="branch-from" aria-hidden="true">
          ›
        </span>
      )}
      <button
        type="button"
        className="branch"
        aria-current={shown ? 'true' : undefined}
        onClick={() => actions.showBranch(branch.id)}
      >
        {branch.says}
      </button>
      {branch.parent !== null && shown ? (
        <IconButton
          icon="close"
          says={`Forget “${branch.says}”`}
          className="small"
          onPress={() => actions.pruneBranch(branch.id)}
        />
      ) : null}
    </li>
  );
}

/** When the shown branch parts from the one it was forked from. */
function Parting(): ReactElement | null {
  const { ghosts } = useParts();
  const edit = useEdit();
  const parting = useParting();
  const phase = useRenderer((state) => state.run.kind);
  if (phase !== 'ready' || ghosts.trace.end === null) return null;
  if (parting === null) return <span className="parting">makes no difference</span>;
  return (
    <span className="parting">
      differs from{' '}
      <button type="button" className="link" onClick={() => edit(movePlayhead(parting.at))}>
        {millisWithUnit(parting.at)}
      </button>{' '}
      on
    </span>
  );
}

function Command(): ReactElement | null {
  const { actions } = useParts();
  const line = useRenderer(commandOf);
  if (line === null) return null;
  return (
    <span className="command">
      <code title={line}>{line}</code>
      <IconButton
        icon="copy"
        says="Copy the command line"
        keys={keyHint('copy the command line')}
        className="small"
        onPress={() => actions.do('copy the command line')}
      />
    </span>
  );
}
