import { useEffect, useState } from 'react';

import type { RecordNumber, TraceRecord } from '../../sim-core/reading.ts';
import { firstFrom } from '../ladder/layout/marks.ts';
import { useParts, useRenderer } from './window-parts.ts';

/** The last record at the playhead; null before the first, or while the clock runs. */
export function useRecordAtPlayhead(): TraceRecord | null {
  const { traces } = useParts();
  useRenderer((state) => state.traceVersion);
  const playhead = useRenderer((state) => (state.playing ? null : state.playhead));
  if (playhead === null) return null;
  const { records } = traces.trace;
  return records[firstFrom(records, ({ at }) => at, playhead + 1) - 1] ?? null;
}

/** An answer, and the record it is about: the one that is asked about, or the one before it. */
interface AnswerAbout<Answer> {
  readonly record: RecordNumber;
  readonly answer: Answer;
}

/** What the simulation answers about a record of the shown run, once it has; null before. */
export function useAnswerAbout<Answer>(
  record: RecordNumber | null,
  ask: (record: RecordNumber, heard: (answer: Answer) => void) => void,
): AnswerAbout<Answer> | null {
  const version = useRenderer((state) => state.traceVersion);
  const ready = useRenderer((state) => state.run.kind === 'ready');
  const [known, setKnown] = useState<AnswerAbout<Answer> | null>(null);
  useEffect(() => {
    if (record === null || !ready) return undefined;
    let wanted = true;
    ask(record, (answer) => {
      if (wanted) setKnown({ record, answer });
    });
    return () => {
      wanted = false;
    };
  }, [ask, record, version, ready]);
  return known;
}
