import { describe, expect, test } from 'vitest';

import { messagesOf } from '../../../renderer/ladder/from-trace.ts';
import { controlText } from '../../../renderer/words/control-text.ts';
import { previousDescription } from '../../../renderer/words/previous-description.ts';
import { diffSdp, type DiffRow } from '../../../renderer/words/sdp-diff.ts';
import { sdpLines, wireText } from '../../../renderer/words/wire-text.ts';
import { isControl, isSip, printMessage } from '../../../sim-core/reading.ts';
import { figureTrace, shippedTrace } from '../trace-of-run.ts';

function printed(rows: readonly DiffRow[]): string[] {
  const signs = { same: ' ', added: '+', removed: '-' } as const;
  return rows.map((row) => {
    if (row.kind === 'fold') return `… ${row.lines.length}`;
    const { kind, words } = row.line;
    return signs[kind] + words.map(({ text, changed }) => (changed ? `[${text}]` : text)).join('');
  });
}

describe('wire text', () => {
  test('taken apart and put together it is the message, byte by byte', () => {
    for (const store of [figureTrace(), shippedTrace('continue/as-in-the-figure')]) {
      for (const { packet } of store.view(messagesOf)) {
        if (!isSip(packet)) continue;
        const { startLine, headers, bodies } = wireText(packet);
        const head = [startLine, ...headers.map(({ name, value }) => `${name}: ${value}`)];
        const body = bodies
          .map(({ lines }) => lines.map((line) => `${line}\r\n`).join(''))
          .join('');
        expect(`${head.join('\r\n')}\r\n\r\n${body}`).toBe(printMessage(packet));
      }
    }
  });

  test('the description of a disposition, or none', () => {
    const views = figureTrace().view(messagesOf);
    const invite = views.find(({ text }) => text === 'INVITE')?.packet;
    const ack = views.find(({ text }) => text === 'ACK')?.packet;
    if (invite === undefined || ack === undefined || !isSip(invite) || !isSip(ack)) {
      throw new Error('the call has an INVITE and an ACK');
    }
    expect(sdpLines(invite, 'session')?.[0]).toBe('v=0');
    expect(sdpLines(invite, 'early-session')).toBeNull();
    expect(sdpLines(ack, 'session')).toBeNull();
  });
});

describe('the previous description of the same stream', () => {
  const views = figureTrace().view(messagesOf);
  const named = (step: number) => {
    const found = views.find((view) => view.step === step);
    if (found === undefined) throw new Error(`step ${step} is missing`);
    return found;
  };

  test('is what the same sender sent before in the same dialog', () => {
    expect(previousDescription(named(6), 'session', views)?.text).toBe('180 Ringing');
    expect(previousDescription(named(7), 'session', views)?.text).toBe('INVITE');
    expect(previousDescription(named(4), 'session', views)?.text).toBe('INVITE');
  });

  test('is none for the first', () => {
    expect(previousDescription(named(1), 'session', views)).toBeNull();
  });
});

describe('what changed in a description', () => {
  test('words that differ stand out in the lines that took each other’s place', () => {
    const rows = diffSdp(
      ['v=0', 'o=cmr 4021 4021 IN IP4 10.9.0.5', 'm=audio 40000 RTP/AVP 8', 'a=sendonly'],
      ['v=0', 'o=cmr 4021 4022 IN IP4 10.9.0.5', 'm=audio 40004 RTP/AVP 8', 'a=sendrecv'],
    );
    expect(printed(rows)).toEqual([
      ' v=0',
      '-o=cmr 4021 [4021 ]IN IP4 10.9.0.5',
      '-m=audio [40000 ]RTP/AVP 8',
      '-a=[sendonly]',
      '+o=cmr 4021 [4022 ]IN IP4 10.9.0.5',
      '+m=audio [40004 ]RTP/AVP 8',
      '+a=[sendrecv]',
    ]);
  });

  test('three unchanged lines or more are one', () => {
    const same = ['a=1', 'a=2', 'a=3'];
    expect(printed(diffSdp([...same, 'b=1'], [...same, 'b=2']))[0]).toBe('… 3');
    expect(printed(diffSdp(['a=1', 'a=2'], ['a=1', 'a=2']))).toEqual([' a=1', ' a=2']);
  });

  test('nothing is lost: without signs and folds either side can be read back', () => {
    const before = ['v=0', 'a=x', 'a=y', 'a=y', 'm=1', 'c=z'];
    const after = ['a=y', 'v=0', 'a=y', 'm=2', 'a=new', 'c=z', 'c=z'];
    const rows = diffSdp(before, after);
    const side = (leave: 'added' | 'removed'): string[] =>
      rows.flatMap((row) => {
        if (row.kind === 'fold') return row.lines;
        if (row.line.kind === leave) return [];
        return [row.line.words.map(({ text }) => text).join('')];
      });
    expect(side('added')).toEqual(before);
    expect(side('removed')).toEqual(after);
  });

  test('an empty side is all added or all removed', () => {
    expect(printed(diffSdp([], ['v=0']))).toEqual(['+v=0']);
    expect(printed(diffSdp(['v=0'], []))).toEqual(['-v=0']);
  });
});

describe('messages that have no wire text', () => {
  test('every control message says its kind and shows its descriptions', () => {
    const control = shippedTrace('continue/as-in-the-figure')
      .view(messagesOf)
      .flatMap(({ packet }) => (isControl(packet) ? [packet] : []));
    expect(control.length).toBeGreaterThan(6);
    for (const packet of control) {
      const { kind, descriptions } = controlText(packet);
      expect(kind).toBe(packet.form === 'reply' ? packet.to : packet.label);
      for (const [, lines] of descriptions) expect(lines[0]).toBe('v=0');
    }
    const described = control.map((packet) => controlText(packet).descriptions.length);
    expect(described.filter((count) => count > 0).length).toBe(3);
  });
});
