import { useEffect, useRef, useState, type ReactElement } from 'react';

export interface MenuItem {
  readonly says: string;
  choose(): void;
}

/** A button that unfolds a few things to choose from. */
export function Menu({
  says,
  items,
}: {
  readonly says: string;
  readonly items: () => Promise<readonly MenuItem[]>;
}): ReactElement {
  const [shown, setShown] = useState<readonly MenuItem[] | null>(null);
  const holder = useRef<HTMLSpanElement>(null);
  useEffect(() => {
    if (shown === null) return undefined;
    holder.current?.querySelector<HTMLElement>('[role="menuitem"]')?.focus();
    function away(event: PointerEvent): void {
      const { target } = event;
      if (target instanceof Node && holder.current?.contains(target) === true) return;
      setShown(null);
    }
    document.addEventListener('pointerdown', away);
    return () => document.removeEventListener('pointerdown', away);
  }, [shown]);
  return (
    <span
      ref={holder}
      className="menu-holder"
      onKeyDown={(event) => {
        if (event.key !== 'Escape' || shown === null) return;
        event.preventDefault();
        setShown(null);
        holder.current?.querySelector('button')?.focus();
      }}
    >
      <button
        type="button"
        className="plain-button"
        aria-haspopup="menu"
        aria-expanded={shown !== null}
        onClick={() => {
          if (shown !== null) setShown(null);
          else void items().then(setShown);
        }}
      >
        {says}
      </button>
      {shown === null ? null : (
        <span className="menu" role="menu" aria-label={says}>
          {shown.map((item) => (
            <button
              key={item.says}
              type="button"
              role="menuitem"
              onClick={() => {
                setShown(null);
                item.choose();
              }}
            >
              {item.says}
            </button>
          ))}
        </span>
      )}
    </span>
  );
}
