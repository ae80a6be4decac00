import { useEffect, useRef, type RefObject } from 'react';

/**
 * A dialog that stands over the window, and keeps the focus, for as long as it is there. What is
 * marked `data-focus-first` has it at first: whoever opened it rarely wants to close it.
 */
export function useModal(): RefObject<HTMLDialogElement | null> {
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    const element = dialog.current;
    element?.showModal();
    element?.querySelector<HTMLElement>('[data-focus-first]')?.focus();
    return () => element?.close();
  }, []);
  return dialog;
}
