import { HighlightStyle } from '@codemirror/language';
import { EditorView } from '@codemirror/view';
import { tags } from '@lezer/highlight';

/** CodeMirror says where the selection is drawn this exactly, and so has whoever colours it. */
const selectionDrawn =
  '&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, ' +
  '.cm-selectionBackground';

/** The window's own tokens: they reach into the editor's shadow root, and change with the theme. */
export const editorTheme = EditorView.theme({
  '&': { height: '100%', color: 'var(--ink)', backgroundColor: 'var(--canvas)' },
  '&.cm-focused': { outline: 'none' },
  '.cm-scroller': { fontFamily: 'var(--mono)', fontSize: '12px', lineHeight: '17px' },
  '.cm-content': { caretColor: 'var(--ink)', padding: '8px 0' },
  '.cm-cursor, .cm-dropCursor': { borderLeftColor: 'var(--ink)', borderLeftWidth: '2px' },
  [selectionDrawn]: { backgroundColor: 'var(--line-2)' },
  '.cm-activeLine': { backgroundColor: 'color-mix(in srgb, var(--ink) 5%, transparent)' },
  '.cm-gutters': {
    color: 'var(--ink-3)',
    backgroundColor: 'var(--panel)',
    borderRight: '1px solid var(--line)',
  },
  '.cm-activeLineGutter': { color: 'var(--ink)', backgroundColor: 'transparent' },
  '.cm-foldPlaceholder': {
    color: 'var(--ink-2)',
    backgroundColor: 'var(--press)',
    border: 'none',
  },
  '.cm-selectionMatch': { backgroundColor: 'var(--press)' },
  '&.cm-focused .cm-matchingBracket': { backgroundColor: 'var(--press)', outline: 'none' },
  '.cm-lintRange-error': {
    backgroundImage: 'none',
    textDecoration: 'underline 2px var(--fail)',
    textUnderlineOffset: '3px',
  },
  '.cm-lint-marker-error': {
    content: '""',
    width: '9px',
    height: '9px',
    margin: '4px 2px',
    backgroundColor: 'var(--fail)',
    borderRadius: '1px',
  },
  '.cm-tooltip': {
    maxWidth: '420px',
    color: 'var(--ink)',
    backgroundColor: 'var(--raised)',
    border: '1px solid var(--line-2)',
    borderRadius: '6px',
    fontFamily: 'var(--sans)',
    fontSize: '12px',
    lineHeight: '16px',
  },
  '.cm-tooltip .cm-completionInfo': { padding: '6px 8px', color: 'var(--ink-2)' },
  '.cm-tooltip-autocomplete > ul': { fontFamily: 'var(--mono)', fontSize: '12px' },
  '.cm-tooltip-autocomplete > ul > li': { padding: '3px 8px' },
  '.cm-tooltip-autocomplete > ul > li[aria-selected]': {
    color: 'var(--inv)',
    backgroundColor: 'var(--ink)',
  },
  '.cm-diagnostic': { padding: '6px 8px' },
  '.cm-diagnostic-error': { borderLeft: '3px solid var(--fail)' },
  '.cm-diagnosticAction': {
    color: 'var(--inv)',
    backgroundColor: 'var(--ink)',
    borderRadius: '4px',
    font: 'inherit',
  },
  '.cm-panels': { color: 'var(--ink)', backgroundColor: 'var(--panel)' },
  '.cm-panels.cm-panels-top': { borderBottom: '1px solid var(--line)' },
  '.cm-panel input, .cm-panel button, .cm-panel label': { font: 'inherit', fontSize: '12px' },
  '.cm-textfield': {
    color: 'var(--ink)',
    backgroundColor: 'var(--canvas)',
    border: '1px solid var(--line-2)',
  },
  '.cm-button': {
    color: 'var(--ink)',
    backgroundImage: 'none',
    backgroundColor: 'var(--press)',
    border: '1px solid var(--line-2)',
  },
});

/** No rainbow: the hues are taken by the legs. Weight and ink tell keys from values. */
export const wordStyle = HighlightStyle.define([
  { tag: [tags.propertyName, tags.definition(tags.propertyName)], color: 'var(--ink-2)' },
  { tag: [tags.string, tags.content, tags.literal], color: 'var(--ink)' },
  {
    tag: [tags.number, tags.bool, tags.keyword, tags.atom],
    color: 'var(--ink)',
    fontWeight: '500',
  },
  { tag: tags.comment, color: 'var(--ink-3)', fontStyle: 'italic' },
  {
    tag: [tags.punctuation, tags.separator, tags.squareBracket, tags.brace],
    color: 'var(--ink-3)',
  },
  { tag: [tags.meta, tags.typeName], color: 'var(--ink-3)' },
]);
