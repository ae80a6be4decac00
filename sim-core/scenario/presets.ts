import type { WrittenMap } from './yaml-document.ts';

/** Terminals that a node can be without writing it all: what the node itself says comes over it. */
export const presetNames = ['telephone'] as const;
export type PresetName = (typeof presetNames)[number];

/** Null takes away what a baseline gives. */
export const presets: Readonly<Record<PresetName, WrittenMap>> = {
  /** RFC 3261 and nothing that CMR would ask of a terminal. */
  telephone: {
    supported: ['replaces'],
    allow: ['INVITE', 'ACK', 'CANCEL', 'BYE', 'OPTIONS'],
    'early-media': null,
    'alert-info': 'ignore',
  },
};

export function isPreset(name: unknown): name is PresetName {
  return typeof name === 'string' && Object.hasOwn(presets, name);
}
