import { useEffect, useRef, useState, type ReactElement } from 'react';

import type { ScenarioEditor } from '../editor/scenario-editor.ts';
import type { ScenarioEntry, ScenarioProblem } from '../store/renderer-state.ts';
import { showEditor } from '../store/writing-edits.ts';
import { keyHint } from '../words/keys.ts';
import { Glyph } from './glyphs.tsx';
import { IconButton } from './icons.tsx';
import { Menu } from './menu.tsx';
import { UnsavedMark } from './unsaved-mark.tsx';
import { useEdit, useParts, useRenderer } from './window-parts.ts';

/** The text of the open scenario, beside the ladder that follows from it. */
export function EditorPanel(): ReactElement | null {
  const entry = useRenderer((state) => state.scenarios.find(({ key }) => key === state.open));
  if (entry === undefined) return null;
  return (
    <section className="editor-panel" data-region="inspector" aria-label="Text of the scenario">
      <Head entry={entry} />
      <TextPlace entry={entry} />
      <Problems />
    </section>
  );
}

function Head({ entry }: { readonly entry: ScenarioEntry }): ReactElement {
  const edit = useEdit();
  const { actions } = useParts();
  const unsaved = useRenderer(({ writing }) => writing.saved[entry.key] !== undefined);
  const { writing } = actions;
  return (
    <div className="editor-head">
      <h2 className="editor-name">
        <span className="mono">{entry.fileName}</span>
        {unsaved ? <UnsavedMark /> : null}
      </h2>
      <div className="editor-deeds" role="toolbar" aria-label="File">
        <NewMenu />
        <button type="button" className="plain-button" onClick={() => actions.do('open a file')}>
          Open
        </button>
        <button
          type="button"
          className="plain-button"
          title={`Save (${keyHint('save')})`}
          disabled={!unsaved && entry.handle !== null}
          onClick={() => writing.save()}
        >
          Save
        </button>
        <button type="button" className="plain-button" onClick={() => writing.saveAs()}>
          Save as
        </button>
        <button
          type="button"
          className="plain-button"
          disabled={!unsaved}
          onClick={() => writing.revert()}
        >
          Revert
        </button>
        <button type="button" className="plain-button" onClick={() => writing.format()}>
          Format
        </button>
      </div>
      <IconButton
        icon="close"
        says="Close the text"
        keys={keyHint('write')}
        className="small"
        onPress={() => edit(showEditor(false))}
      />
    </div>
  );
}

function NewMenu(): ReactElement {
  const { actions, authoring } = useParts();
  return (
    <Menu
      says="New"
      items={async () =>
        (await authoring.ask('templates', null)).map((template) => ({
          says: template.says,
          choose: () => actions.writing.begin(template),
        }))
      }
    />
  );
}

/** Where the editor stands; its code is loaded when it is first wanted. */
function TextPlace({ entry }: { readonly entry: ScenarioEntry }): ReactElement {
  const place = useRef<HTMLDivElement>(null);
  const editor = useRef<ScenarioEditor | null>(null);
  const [ready, setReady] = useState(false);
  const { store, actions, authoring } = useParts();
  const problems = useRenderer(({ writing }) => writing.problems);
  const goTo = useRenderer(({ writing }) => writing.goTo);
  const { key, text } = entry;

  useEffect(() => {
    let wanted = true;
    void import('../editor/scenario-editor.ts').then(({ openEditor }) => {
      const element = place.current;
      if (!wanted || element === null) return;
      const now = store.state.scenarios.find((scenario) => scenario.key === key);
      editor.current = openEditor(element, {
        text: now?.text ?? '',
        complete: (written, offset) => authoring.ask('complete', { text: written, offset }),
        written: (written) => actions.writing.write(written),
      });
      setReady(true);
    });
    return () => {
      wanted = false;
      editor.current?.close();
      editor.current = null;
      setReady(false);
    };
  }, [key, store, actions, authoring]);

  useEffect(() => editor.current?.replace(text), [text, ready]);
  useEffect(() => editor.current?.showProblems(problems), [problems, ready]);
  useEffect(() => {
    if (!ready) return;
    if (goTo === null) editor.current?.focus();
    else editor.current?.goTo(goTo.line, goTo.column);
  }, [goTo, ready]);

  return <div ref={place} className="editor-place" data-ready={ready} />;
}

/** More would not help anybody. */
const problemsShown = 6;

function Problems(): ReactElement {
  const edit = useEdit();
  const problems = useRenderer(({ writing }) => writing.problems);
  const { actions } = useParts();
  const lastGood = useRenderer(() => actions.writing.lastGood);
  if (problems.length === 0) {
    return (
      <p className="editor-standing alone" role="status">
        <Glyph shape="pass" says="in order" />
        <span>Runs as it is written.</span>
      </p>
    );
  }
  const many = problems.length === 1 ? 'One thing keeps' : `${problems.length} things keep`;
  return (
    <div className="editor-standing" role="status">
      <p>{many} this text from running; the ladder shows the last that ran.</p>
      <ul className="editor-problems">
        {problems.slice(0, problemsShown).map((problem, index) => (
          <li key={index}>
            <button
              type="button"
              className="problem-link"
              onClick={() => edit(showEditor(true, { line: problem.line, column: problem.column }))}
            >
              <Glyph shape="fail" says="error" />
              <span>
                <b className="mono">
                  {problem.line}:{problem.column}
                </b>{' '}
                {problemWords(problem)}
              </span>
            </button>
          </li>
        ))}
      </ul>
      {lastGood === null ? null : (
        <button
          type="button"
          className="outlined-button"
          onClick={() => actions.writing.openLastGood()}
        >
          Open last good version
        </button>
      )}
    </div>
  );
}

/** A problem in one sentence, with what was likely meant. */
function problemWords({ path, says, nearest }: ScenarioProblem): string {
  const where = path === '' ? '' : `${path}: `;
  return `${where}${says}${nearest === null ? '' : `; did you mean ${nearest}?`}`;
}
