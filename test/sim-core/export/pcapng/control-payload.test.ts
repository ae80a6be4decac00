import { readFileSync } from 'node:fs';

import { describe, expect, it } from 'vitest';

import { controlPayload } from '../../../../sim-core/export/pcapng/control-payload.ts';
import { isControl, printSdp, type ControlMessage } from '../../../../sim-core/index.ts';
import { figure } from '../../../support/scenarios.ts';
import { ran } from './scenario-variants.ts';

const messages = ran(figure()).records.flatMap((record) =>
  record.kind === 'sent' && isControl(record.packet) ? [record.packet] : [],
);

function found(kind: string): ControlMessage {
  const message = messages.find((one) =>
    one.form === 'reply' ? one.reply.kind === kind : one.label === kind,
  );
  if (message === undefined) throw new Error(`no ${kind} in the figure`);
  return message;
}

function jsonOf(message: ControlMessage) {
  return JSON.parse(controlPayload(message).split('\n')[1] ?? '');
}

describe('commands and replies as text', () => {
  it('are a fixed first line and one line of JSON', () => {
    const play = found('play');
    expect(controlPayload(play)).toBe(
      `ringscope control 1\n{"call":"${play.call}",` +
        '"command":{"answer":null,"kind":"play","loops":true},"form":"command","leg":"Client-A",' +
        `"transaction":${play.transaction}}\n`,
    );
  });

  it('have their keys in order, at every depth', () => {
    for (const message of messages) {
      const [first, json = '', end, ...rest] = controlPayload(message).split('\n');
      expect([first, end, rest]).toEqual(['ringscope control 1', '', []]);
      JSON.parse(json, (_key, value: unknown) => {
        if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
          expect(Object.keys(value)).toEqual(Object.keys(value).toSorted());
        }
        return value;
      });
    }
    expect(messages.length).toBeGreaterThan(8);
  });

  it('say all that the message says', () => {
    const mix = found('mix');
    if (mix.form !== 'command' || mix.command.kind !== 'mix') throw new Error('no command');
    const { command } = mix;
    expect(jsonOf(mix)).toEqual({
      call: mix.call,
      form: 'command',
      leg: 'Client-A',
      transaction: mix.transaction,
      command: {
        ...command,
        offeredToA: printSdp(command.offeredToA),
        offeredToB: printSdp(command.offeredToB),
        towardsA: printSdp(command.towardsA),
        towardsB: printSdp(command.towardsB),
      },
    });
    const reserved = found('reserved');
    if (reserved.form !== 'reply' || reserved.reply.kind !== 'reserved') throw new Error('none');
    expect(jsonOf(reserved)).toEqual({
      call: reserved.call,
      form: 'reply',
      leg: 'Client-A',
      to: 'reserve',
      transaction: reserved.transaction,
      reply: { kind: 'reserved', description: printSdp(reserved.reply.description) },
    });
    expect(jsonOf(found('reserve')).command.offer).toMatch(/^v=0\r\n/);
    expect(jsonOf(found('conference allocated')).reply.able).toMatch(/^v=0\r\n/);
  });

  it('are told in docs/pcapng.md, key by key and kind by kind', () => {
    const page = readFileSync('docs/pcapng.md', 'utf8');
    const words = new Set<string>();
    for (const message of messages) {
      JSON.parse(controlPayload(message).split('\n')[1] ?? '', (key, value: unknown) => {
        if (!/^\d*$/.test(key)) words.add(key);
        if (key === 'kind' || key === 'form') words.add(String(value));
        return value;
      });
    }
    expect(words.size).toBeGreaterThan(20);
    expect([...words].filter((word) => !page.includes(`\`${word}\``))).toEqual([]);
    expect(page).toContain('\nringscope control 1\n{"call":');
  });
});
