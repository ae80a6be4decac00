import type { ReactElement } from 'react';

const paths = {
  restart: 'M3.5 8a4.5 4.5 0 1 0 1.4-3.3M3 2.5v3h3',
  'step back': 'M4 3.5v9',
  step: 'M12 3.5v9',
  run: '',
  pause: 'M5.5 3.5v9M10.5 3.5v9',
  dice: 'M4.5 2.5h7a2 2 0 0 1 2 2v7a2 2 0 0 1-2 2h-7a2 2 0 0 1-2-2v-7a2 2 0 0 1 2-2z',
  open: 'M2.5 12.5v-9h4l1.5 2h5.5v7z',
  sun:
    'M10.7 8a2.7 2.7 0 1 1-5.4 0a2.7 2.7 0 0 1 5.4 0z' +
    'M8 1.5v1.6M8 12.9v1.6M1.5 8h1.6M12.9 8h1.6M3.4 3.4l1.1 1.1M11.5 11.5l1.1 1.1' +
    'M3.4 12.6l1.1-1.1M11.5 4.5l1.1-1.1',
  moon: 'M13 9.6A5.6 5.6 0 0 1 6.4 3a5.6 5.6 0 1 0 6.6 6.6z',
  contrast: 'M13.5 8a5.5 5.5 0 1 1-11 0a5.5 5.5 0 0 1 11 0z',
  system: 'M2.5 3.5h11v7.5h-11zM6 14h4',
  keys: 'M6 6.2a2 2 0 1 1 2.9 1.8c-.7.4-.9.8-.9 1.6M8 12.2v.1',
  write: 'M3 13l.7-3L10.8 2.9l2.3 2.3L6 12.3zM9.4 4.3l2.3 2.3',
  export: 'M8 10V2.5M5 5l3-3 3 3M3 9.5v4h10v-4',
  plus: 'M8 3v10M3 8h10',
  minus: 'M3 8h10',
  up: 'M4 10l4-4 4 4',
  down: 'M4 6l4 4 4-4',
  list: 'M3 4h10M3 8h10M3 12h10',
  check: 'M3 8.4l3.4 3.4L13 4.6',
  sliders: 'M3 4.5h6M12.5 4.5h.5M3 11.5h.5M7 11.5h6M11 3v3M5 10v3',
  listen: 'M2.5 6h2.5L8.5 3v10L5 10H2.5zM10.8 6a2.8 2.8 0 0 1 0 4M12.6 4a5.4 5.4 0 0 1 0 8',
  close: 'M4 4l8 8M12 4l-8 8',
  undo: 'M6 3L3 6l3 3M3 6h6.5a3.5 3.5 0 0 1 0 7H7',
  redo: 'M10 3l3 3l-3 3M13 6H6.5a3.5 3.5 0 0 0 0 7H9',
  search: 'M11.5 7a4.5 4.5 0 1 1-9 0a4.5 4.5 0 0 1 9 0zM10.5 10.5l3 3',
  copy: 'M6 5.5h7v8H6zM3 10.5v-8h7',
  fork: 'M4.5 3v10M4.5 10c0-4 7-2 7-5.5M10 3.5h3v3',
} as const;

const solids: Partial<Record<IconName, string>> = {
  'step back': 'M12 3.5v9L5.5 8z',
  step: 'M4 3.5v9L10.5 8z',
  run: 'M4.5 3v10l8.5-5z',
  contrast: 'M8 3.6a4.4 4.4 0 0 1 0 8.8z',
  dice: 'M5 5h1.6v1.6H5zM7.2 7.2h1.6v1.6H7.2zM9.4 9.4H11V11H9.4z',
};

export type IconName = keyof typeof paths;

/** A 16 px sign for a control; its control says what it does. */
export function Icon({ name }: { readonly name: IconName }): ReactElement {
  const solid = solids[name];
  return (
    <svg className="icon" width="16" height="16" viewBox="0 0 16 16" aria-hidden="true">
      {solid === undefined ? null : <path className="solid" d={solid} />}
      {paths[name] === '' ? null : <path d={paths[name]} />}
    </svg>
  );
}

/** A button that is only a sign; `says` is its name, its keys the hint. */
export function IconButton({
  icon,
  says,
  keys,
  className,
  pressed,
  disabled,
  onPress,
}: {
  readonly icon: IconName;
  readonly says: string;
  readonly keys?: string;
  readonly className?: string;
  readonly pressed?: boolean;
  readonly disabled?: boolean;
  readonly onPress: () => void;
}): ReactElement {
  const hint = keys === undefined || keys === '' ? says : `${says} (${keys})`;
  return (
    <button
      type="button"
      className={`icon-button ${className ?? ''}`.trim()}
      aria-label={hint}
      title={hint}
      aria-pressed={pressed}
      disabled={disabled}
      onClick={onPress}
    >
      <Icon name={icon} />
    </button>
  );
}

/** The mark: two lifelines and two messages in a scope. */
export function Mark(): ReactElement {
  return (
    <svg className="mark" width="20" height="20" viewBox="0 0 20 20" aria-hidden="true">
      <circle cx="10" cy="10" r="8.25" />
      <path className="mark-lines" d="M6 4.5v11M14 4.5v11" />
      <path d="M6 7.2l8 2.6M14 11l-8 2.6" />
    </svg>
  );
}
