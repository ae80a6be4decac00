import { describe, expect, it } from 'vitest';

import {
  isSip,
  pcapngOf,
  printMessage,
  type NodeId,
  type Run,
  type TraceRecord,
} from '../../../../sim-core/index.ts';
import { shippedFiles } from '../../../support/shipped-files.ts';
import { drops, figure, shipped, withFaults } from '../../../support/scenarios.ts';
import { readDatagram, readPcapng, texts } from './pcapng-reader.ts';
import { ipv6Figure, portsFigure, ran, roughFigure } from './scenario-variants.ts';

const controlPort = 2855;

type Departure = Extract<TraceRecord, { kind: 'sent' | 'dropped' }>;

/** What was sent as a message, in order, one entry for every copy. */
function departures(run: Run): Departure[] {
  return run.records.flatMap((record): Departure[] => {
    if (record.kind === 'dropped') return record.packet.protocol === 'RTP' ? [] : [record];
    if (record.kind !== 'sent' || record.packet.protocol === 'RTP') return [];
    return record.againAt === null ? [record] : [record, record];
  });
}

function hexOf(ipv4: string): string {
  return Buffer.from(ipv4.split('.').map(Number)).toString('hex');
}

const nodeOf = (run: Run, id: NodeId) => run.header.nodes.find((node) => node.id === id)!;

describe('the file of a run', () => {
  const run = ran(figure());
  const read = readPcapng(pcapngOf(run, 'keep').bytes);

  it('says which program made it, and of which run', () => {
    expect(texts(read.options, 4)).toEqual(['ringscope 1.2.3']);
    expect(texts(read.options, 1)).toEqual([
      `Continue, as in the figure; seed 1, profile literal, fingerprint ${run.fingerprint}; ` +
        'virtual time',
    ]);
  });

  it('has its blocks in order: section, an interface a link, names, packets', () => {
    const links = run.header.links.length;
    const packets = departures(run).length;
    expect(read.types).toEqual([
      0x0a0d0d0a,
      ...Array<number>(links).fill(1),
      4,
      ...Array<number>(packets).fill(6),
    ]);
    expect(packets).toBeGreaterThan(25);
    expect(pcapngOf(run, 'keep').packets).toBe(packets);
  });

  it('describes each link as an interface of raw IP in microseconds', () => {
    expect(read.interfaces.map(({ options }) => texts(options, 2)[0])).toEqual(
      run.header.links.map(({ name }) => name),
    );
    expect(texts(read.interfaces[0]!.options, 3)).toEqual(['client-a to cmr-server']);
    for (const { linkType, snapLength, options } of read.interfaces) {
      expect(linkType).toBe(101);
      expect(snapLength).toBeGreaterThan(65_575);
      expect(options.get(9)).toEqual([Buffer.of(6)]);
    }
  });

  it('names every node by its address', () => {
    expect([...read.names]).toEqual(
      run.header.nodes.map(({ name, address }) => [hexOf(address), [name]]),
    );
  });

  it('holds every message as it leaves: instant, link, ends, text', () => {
    const expected = departures(run).map(({ at, node, to, packet }) => ({
      at: BigInt(at),
      between: new Set([node, to]),
      ends: [node, to].map((id) => hexOf(nodeOf(run, id).address)),
      ports: isSip(packet) ? [5060, 5060] : [controlPort, controlPort],
      wire: isSip(packet) ? printMessage(packet) : null,
    }));
    const found = read.packets.map(({ ticks, on, bytes }) => {
      const { source, target, sourcePort, targetPort, text } = readDatagram(bytes);
      return {
        at: ticks,
        between: new Set(run.header.links[on]!.between),
        ends: [source, target],
        ports: [sourcePort, targetPort],
        wire: sourcePort === controlPort ? null : text,
      };
    });
    expect(found).toEqual(expected);
  });

  it('counts the datagrams of each node in its IPv4 identification', () => {
    const counted = new Map<string, number[]>();
    for (const { bytes } of read.packets) {
      const { source, identification } = readDatagram(bytes);
      counted.set(source, [...(counted.get(source) ?? []), identification ?? -1]);
    }
    expect(counted.size).toBe(4);
    for (const numbers of counted.values()) {
      expect(numbers).toEqual(numbers.map((_number, index) => index + 1));
    }
  });
});

describe('equal runs', () => {
  it.each(shippedFiles())('give equal bytes: $path', ({ path }) => {
    const name = path.replace('.cmr.yaml', '');
    const [one, other] = [ran(shipped(name)), ran(shipped(name))];
    const [first, again, second] = [one, one, other].map((run) => {
      const { bytes, ...counts } = pcapngOf(run, 'keep');
      return { counts, bytes: Buffer.from(bytes) };
    });
    for (const equal of [again, second]) {
      expect(equal?.counts).toEqual(first?.counts);
      expect(equal?.bytes.equals(first?.bytes ?? Buffer.alloc(0))).toBe(true);
    }
  });

  it('and other runs other bytes', () => {
    const [one, other] = [ran(roughFigure(), 1), ran(roughFigure(), 2)];
    expect(pcapngOf(one, 'keep').bytes).not.toEqual(pcapngOf(other, 'keep').bytes);
  });
});

/** A run of the rough figure that loses and doubles enough to be looked at. */
function roughRun(): Run {
  for (let seed = 1; seed < 100; seed += 1) {
    const run = ran(roughFigure(), seed);
    const sent = departures(run);
    const lost = sent.filter(({ kind }) => kind === 'dropped').length;
    const doubled = sent.length - new Set(sent).size;
    if (lost > 3 && doubled > 3) return run;
  }
  throw new Error('the rough figure is not rough');
}

describe('what the network does', () => {
  const run = roughRun();
  const sent = departures(run);
  const kept = readPcapng(pcapngOf(run, 'keep').bytes).packets;

  it('lost packets are in the file, and say so', () => {
    expect(kept.map(({ ticks }) => ticks)).toEqual(sent.map(({ at }) => BigInt(at)));
    expect(kept.map(({ comments }) => comments[0]?.endsWith('; lost: loss'))).toEqual(
      sent.map(({ kind }) => kind === 'dropped'),
    );
  });

  it('or left out, and then a number is missing among the identifications', () => {
    const { bytes, packets } = pcapngOf(run, 'omit');
    const without = readPcapng(bytes).packets;
    expect(without).toHaveLength(packets);
    expect(without.map(({ bytes: one }) => one)).toEqual(
      kept.filter((_packet, index) => sent[index]!.kind === 'sent').map(({ bytes: one }) => one),
    );
  });

  it('a second copy follows the first, the same to the bit, with its own arrival', () => {
    sent.forEach((record, index) => {
      if (sent[index + 1] !== record) return;
      const [first, second] = [kept[index]!, kept[index + 1]!];
      expect(second.bytes).toEqual(first.bytes);
      expect(second.ticks).toBe(first.ticks);
      expect(first.comments[0]).not.toContain('second copy');
      expect(second.comments[0]).toContain(', second copy, made by the network');
      const arrivals = run.records.filter(
        (other) => other.kind === 'received' && other.sent === record.number,
      );
      expect(arrivals).toHaveLength(2);
      expect(first.comments[0]).toMatch(new RegExp(`record ${arrivals[0]!.number}$`));
      expect(second.comments[0]).toMatch(new RegExp(`record ${arrivals[1]!.number}$`));
    });
  });

  it('a packet to where no link leads has an interface of its own, unless it is left out', () => {
    const scenario = figure();
    const links = scenario.links.filter(({ name }) => name !== 'b');
    const apart = ran({ ...scenario, links });
    const { interfaces, packets } = readPcapng(pcapngOf(apart, 'keep').bytes);
    const names = interfaces.map(({ options }) => texts(options, 2)[0]);
    expect(names).toEqual([...links.map(({ name }) => name), 'no link']);
    const stray = packets.filter(({ on }) => on === links.length);
    expect(stray.length).toBeGreaterThan(0);
    for (const { comments } of stray) expect(comments[0]).toMatch(/; lost: no link$/);
    const without = readPcapng(pcapngOf(apart, 'omit').bytes);
    expect(without.interfaces).toHaveLength(links.length);
  });
});

describe('addresses and ports', () => {
  it('IPv6', () => {
    const run = ran(ipv6Figure());
    const { packets, names } = readPcapng(pcapngOf(run, 'keep').bytes);
    expect(packets).toHaveLength(departures(run).length);
    expect(names.get('20010db8000000000001000000000006')).toEqual(['resource-server']);
    for (const { bytes } of packets) {
      const { version, source, target, sourcePort, targetPort } = readDatagram(bytes);
      expect(version).toBe(6);
      expect(names.has(source) && names.has(target)).toBe(true);
      expect([sourcePort, targetPort]).toEqual(
        sourcePort === controlPort ? [controlPort, controlPort] : [5060, 5060],
      );
    }
  });

  it('of two families meet in IPv6, and both forms have the name', () => {
    const run = ran(ipv6Figure(['192.0.2.17']));
    const { packets, names } = readPcapng(pcapngOf(run, 'keep').bytes);
    const read = packets.map(({ bytes }) => readDatagram(bytes));
    expect(read[0]).toMatchObject({
      version: 6,
      source: '20010db8000a00000000000000000017',
      target: '00000000000000000000ffffc6336405',
    });
    expect(new Set(read.map(({ version }) => version))).toEqual(new Set([4, 6]));
    expect(names.get('00000000000000000000ffffc6336405')).toEqual(['cmr-server']);
    expect(names.get('c6336405')).toEqual(['cmr-server']);
  });

  it('of every node are its own', () => {
    const scenario = portsFigure();
    const run = ran(scenario);
    const ports = new Map(scenario.nodes.map(({ address, port }) => [hexOf(address), port]));
    const sip = readPcapng(pcapngOf(run, 'keep').bytes)
      .packets.map(({ bytes }) => readDatagram(bytes))
      .filter(({ sourcePort }) => sourcePort !== controlPort);
    expect(sip.length).toBeGreaterThan(15);
    for (const { source, target, sourcePort, targetPort } of sip) {
      expect([sourcePort, targetPort]).toEqual([ports.get(source), ports.get(target)]);
    }
  });
});

describe('long messages', () => {
  it('beyond 1500 bytes are one IP packet; beyond a datagram they are left out and named', () => {
    const longer = (bytes: number) => {
      const scenario = figure();
      const nodes = scenario.nodes.map((node) => {
        if (node.role !== 'cmr-client' || node.party !== 'A') return node;
        const filler: [string, string] = ['X-Filler', 'x'.repeat(bytes)];
        return { ...node, headers: { ...node.headers, invite: [filler] } };
      });
      return ran({ ...scenario, nodes });
    };
    const long = pcapngOf(longer(60_000), 'keep');
    expect(long.tooLong).toEqual([]);
    const [invite] = readPcapng(long.bytes).packets;
    expect(invite!.bytes.length).toBeGreaterThan(60_000);
    expect(readDatagram(invite!.bytes).text).toContain('x'.repeat(60_000));
    const run = longer(70_000);
    const tooLong = pcapngOf(run, 'keep');
    const first = departures(run)[0]!;
    expect(isSip(first.packet)).toBe(true);
    const { length } = isSip(first.packet) ? printMessage(first.packet) : '';
    expect(tooLong.tooLong[0]).toEqual({ record: first.number, length });
    expect(readPcapng(tooLong.bytes).packets).toHaveLength(tooLong.packets);
    expect(tooLong.packets + tooLong.tooLong.length).toBe(departures(run).length);
  });
});

describe('comments', () => {
  it('name record, cause, step, clauses and arrival', () => {
    const run = ran(figure());
    const update = run.records.find(
      (record): record is Departure => record.kind === 'sent' && record.packet.label === 'UPDATE',
    )!;
    const arrival = run.records.find(
      (record) => record.kind === 'received' && record.sent === update.number,
    )!;
    const clauses = run.verdicts
      .filter(({ evidence }) => evidence.includes(update.number))
      .map(({ clause, verdict }) => `${clause} ${verdict}`);
    expect(clauses).toContain('CON-SRV-07 satisfied');
    const { packets } = readPcapng(pcapngOf(run, 'keep').bytes);
    const place = departures(run).indexOf(update);
    expect(packets[place]!.comments).toEqual([
      `record ${update.number}, caused by ${update.cause}, step 6; ${clauses.join(', ')}; ` +
        `received at 5.430000 s, record ${arrival.number}`,
    ]);
  });

  it('name every clause of every verdict that has a message for evidence', () => {
    const run = ran(figure());
    const all = readPcapng(pcapngOf(run, 'keep').bytes)
      .packets.flatMap(({ comments }) => comments)
      .join('\n');
    const messages = new Set(departures(run).map(({ number }) => number));
    const judged = run.verdicts.filter(({ evidence }) => evidence.some((n) => messages.has(n)));
    expect(judged.length).toBeGreaterThan(20);
    for (const { clause, verdict } of judged) expect(all).toContain(`${clause} ${verdict}`);
  });

  it('name a retransmission as one, and what its rule did', () => {
    const run = ran(withFaults(figure(), drops('INVITE', 'client-a', null, [1])));
    const { packets } = readPcapng(pcapngOf(run, 'keep').bytes);
    const [first, second] = departures(run);
    expect(packets[0]!.comments[0]).toMatch(/; lost: fault rule$/);
    expect(packets[1]!.comments[0]).toMatch(
      new RegExp(`^record ${second!.number}, .*, retransmission 1 of ${first!.number}[;,]`),
    );
  });

  it('say so where the run ends before the arrival', () => {
    const run = ran({ ...figure(), until: 20_000 as Run['endedAt'] });
    const { packets } = readPcapng(pcapngOf(run, 'keep').bytes);
    expect(packets).toHaveLength(1);
    expect(packets[0]!.comments[0]).toMatch(/; not received before the end of the run$/);
  });
});
