import {
  autocompletion,
  closeBrackets,
  closeBracketsKeymap,
  completionKeymap,
  type CompletionContext,
  type CompletionResult,
} from '@codemirror/autocomplete';
import { defaultKeymap, history, historyKeymap, indentWithTab } from '@codemirror/commands';
import { yaml } from '@codemirror/lang-yaml';
import {
  bracketMatching,
  foldGutter,
  foldKeymap,
  indentOnInput,
  indentUnit,
  syntaxHighlighting,
} from '@codemirror/language';
import { lintGutter, lintKeymap, setDiagnostics, type Diagnostic } from '@codemirror/lint';
import { highlightSelectionMatches, search, searchKeymap } from '@codemirror/search';
import { EditorState, type Text } from '@codemirror/state';
import {
  drawSelection,
  EditorView,
  highlightActiveLine,
  keymap,
  lineNumbers,
} from '@codemirror/view';

import type { Completion, ScenarioProblem } from '../authoring/answers.ts';
import { editorTheme, wordStyle } from './editor-theme.ts';

/** What an editor is given, and whom it tells. */
export interface EditorSetting {
  readonly text: string;
  /** What may stand at that offset. */
  complete(text: string, offset: number): Promise<Completion>;
  /** The person wrote; not called for `replace`. */
  written(text: string): void;
}

/** A text editor for scenarios in a place of the page. */
export interface ScenarioEditor {
  readonly text: string;
  /** Another text, as one step that can be undone. */
  replace(text: string): void;
  showProblems(problems: readonly ScenarioProblem[]): void;
  /** Puts the cursor there, counted from 1, and the focus into the text. */
  goTo(line: number, column: number): void;
  focus(): void;
  close(): void;
}

/**
 * Opens an editor in a shadow root of that element: there its style sheets are adopted, not
 * written into the page, so that the policy needs no opening for inline styles.
 */
export function openEditor(place: HTMLElement, setting: EditorSetting): ScenarioEditor {
  const holder = place.ownerDocument.createElement('div');
  holder.className = 'editor-holder';
  place.append(holder);
  const root = holder.attachShadow({ mode: 'open' });
  let telling = true;
  const view = new EditorView({
    parent: root,
    root,
    state: EditorState.create({
      doc: setting.text,
      extensions: [
        ...surface,
        autocompletion({ override: [(context) => offer(context, setting)], icons: false }),
        EditorView.updateListener.of((update) => {
          if (update.docChanged && telling) setting.written(update.state.doc.toString());
        }),
      ],
    }),
  });
  // What is told below the text takes room from it; the line being written stays in view.
  const observer = new ResizeObserver(() => {
    if (!view.hasFocus) return;
    view.dispatch({ effects: EditorView.scrollIntoView(view.state.selection.main.head) });
  });
  observer.observe(place);
  return {
    get text() {
      return view.state.doc.toString();
    },
    replace(text) {
      if (text === view.state.doc.toString()) return;
      telling = false;
      view.dispatch({ changes: { from: 0, to: view.state.doc.length, insert: text } });
      telling = true;
    },
    showProblems(problems) {
      view.dispatch(setDiagnostics(view.state, problems.map(diagnosticIn(view.state.doc))));
    },
    goTo(line, column) {
      const { from } = placeIn(view.state.doc, line, column, 0);
      view.dispatch({
        selection: { anchor: from },
        effects: EditorView.scrollIntoView(from, { y: 'center' }),
      });
      view.focus();
    },
    focus: () => view.focus(),
    close() {
      observer.disconnect();
      view.destroy();
      holder.remove();
    },
  };
}

/** All that does not depend on who uses it. */
const surface = [
  lineNumbers(),
  foldGutter(),
  lintGutter(),
  history(),
  drawSelection(),
  indentUnit.of('  '),
  indentOnInput(),
  bracketMatching(),
  closeBrackets(),
  highlightActiveLine(),
  highlightSelectionMatches(),
  search({ top: true }),
  yaml(),
  syntaxHighlighting(wordStyle),
  editorTheme,
  EditorView.contentAttributes.of({
    'aria-label': 'Text of the scenario',
    spellcheck: 'false',
    tabindex: '0',
  }),
  keymap.of([
    ...closeBracketsKeymap,
    ...completionKeymap,
    ...searchKeymap,
    ...historyKeymap,
    ...foldKeymap,
    ...lintKeymap,
    ...defaultKeymap,
    indentWithTab,
  ]),
];

async function offer(
  context: CompletionContext,
  setting: EditorSetting,
): Promise<CompletionResult | null> {
  const word = context.matchBefore(/[\w-]+/);
  const begun = context.matchBefore(/(?:[\w-]+|: |[[{,] ?)$/);
  if (!context.explicit && begun === null) return null;
  const text = context.state.doc.toString();
  const { from, options } = await setting.complete(text, context.pos);
  if (context.aborted || options.length === 0) return null;
  return {
    from: word === null ? from : Math.min(from, word.from),
    options: options.map(({ label, kind, insert, says }) => ({
      label,
      type: kind === 'key' ? 'property' : 'enum',
      apply: insert,
      ...(says === '' ? {} : { info: says }),
    })),
    validFor: /^[\w-]*$/,
  };
}

/** A problem of the reader where it stands in the text, which may have changed meanwhile. */
function diagnosticIn(text: Text): (problem: ScenarioProblem) => Diagnostic {
  return ({ line, column, length, says, nearest, path, code }) => {
    const { from, to } = placeIn(text, line, column, Math.max(1, length));
    const where = path === '' ? '' : `${path}: `;
    const hint = nearest === null ? '' : `; did you mean ${nearest}?`;
    const diagnostic: Diagnostic = {
      from,
      to,
      severity: 'error',
      source: code,
      message: `${where}${says}${hint}`,
    };
    if (nearest === null) return diagnostic;
    return {
      ...diagnostic,
      actions: [
        {
          name: `Write ${nearest}`,
          apply: (view, start, end) => {
            view.dispatch({ changes: { from: start, to: end, insert: nearest } });
          },
        },
      ],
    };
  };
}

function placeIn(
  text: Text,
  line: number,
  column: number,
  length: number,
): { from: number; to: number } {
  const at = text.line(Math.min(Math.max(1, line), text.lines));
  const from = Math.min(at.to, at.from + Math.max(0, column - 1));
  return { from, to: Math.min(text.length, from + length) };
}
