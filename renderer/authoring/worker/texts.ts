import {
  baselineNames,
  completionsAt,
  formatScenario,
  readScenario,
  setInScenario,
  type BaselineName,
} from '../../../sim-core/authoring.ts';
import type { Completion, ScenarioProblem, Template } from '../answers.ts';

/** What keeps the text from running; empty where it runs. */
export function checkText(name: string, text: string): readonly ScenarioProblem[] {
  return readScenario(text, name).problems.map(
    ({ line, column, length, path, says, nearest, code }) => ({
      line,
      column,
      length,
      path,
      says,
      nearest,
      code,
    }),
  );
}

export function completeText(text: string, offset: number): Completion {
  return completionsAt(text, offset);
}

export function formatText(text: string): string | null {
  return formatScenario(text);
}

/** @throws Error with the sentence why the value cannot be there */
export function setInText(text: string, path: string, value: string): string {
  const result = setInScenario(text, path, value);
  if (result.text !== null) return result.text;
  const hint = result.nearest === null ? '' : `; did you mean ${result.nearest}?`;
  throw new Error(`${result.says}${hint}`);
}

const says: Readonly<Record<BaselineName, string>> = {
  'voice-call': 'A voice call with a melody',
  'video-call': 'A video call with a film',
};

/** A scenario on each of the baselines: what people do, and whatever is to be different. */
export function templates(): readonly Template[] {
  return baselineNames.map((baseline) => ({
    says: says[baseline],
    fileName: `my-${baseline}.cmr.yaml`,
    text: templateText(baseline),
  }));
}

function templateText(baseline: BaselineName): string {
  return `apiVersion: ringscope/v1
baseline: ${baseline} # two terminals, the two servers and their links; say here what is different
title: ${says[baseline]}
description: What there is to see, in a few sentences.
until: 30s
links:
  a: { latency: 40ms }
  b: { latency: 40ms }
script:
  - { at: 0s, who: client-a, does: dial, target: client-b }
  - { after: 5s, since: ringing, who: client-b, does: answer }
  - { after: 5s, since: answered, who: client-a, does: hang up }
`;
}
