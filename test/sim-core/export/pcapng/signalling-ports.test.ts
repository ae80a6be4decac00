import { describe, expect, it } from 'vitest';

import { portAt, signallingPorts } from '../../../../sim-core/export/pcapng/signalling-ports.ts';
import { shipped } from '../../../support/scenarios.ts';
import { ipv6Figure, portsFigure, ran } from './scenario-variants.ts';

describe('the port beside an address', () => {
  it.each([
    ['192.0.2.17:5070', '192.0.2.17', 5070],
    ['192.0.2.17', '192.0.2.17', 5060],
    ['192.0.2.17:5070', '192.0.2.1', null],
    ['192.0.2.1:x', '192.0.2.1', null],
    ['192.0.2.1:0', '192.0.2.1', null],
    ['192.0.2.1:65536', '192.0.2.1', null],
    ['sip:alice@192.0.2.17:5070', '192.0.2.17', 5070],
    ['sips:192.0.2.17:5070;transport=udp?a=b', '192.0.2.17', 5070],
    ['<sip:alice@192.0.2.17:5070;ob>;+g.3gpp.mid-call', '192.0.2.17', 5070],
    ['"192.0.2.17:1" <sip:a@192.0.2.17>', '192.0.2.17', 5060],
    ['sip:bob@home2.example', '192.0.2.17', null],
    ['[2001:db8::1]:5070', '2001:db8::1', 5070],
    ['sip:a@[2001:db8::1]', '2001:db8::1', 5060],
    ['2001:db8::1:5070', '2001:db8::1', 5070],
    ['sip:a@2001:db8::1:5070', '::1', null],
  ])('%s of %s', (place, address, port) => {
    expect(portAt(place, address)).toBe(port);
  });
});

describe('ports of the nodes', () => {
  it('are what Via and Contact say', () => {
    const scenario = portsFigure();
    const { header, records } = ran(scenario);
    const portOf = signallingPorts(header, records);
    header.nodes.forEach(({ id, party }, index) => {
      // The Resource Server sends no SIP, so nobody knows.
      expect(portOf(id)).toBe(party === 'R' ? 5060 : scenario.nodes[index]!.port);
    });
  });

  it('are what others call, where a node says neither; nobody calls Client-A here', () => {
    const scenario = shipped('gateway-mode/client-b-busy');
    const nodes = scenario.nodes.map((node, index) => ({ ...node, port: 6000 + index }));
    const { header, records } = ran({ ...scenario, nodes });
    const [a, b] = (['A', 'B'] as const).map((party) =>
      header.nodes.find((node) => node.party === party),
    );
    const silent = records.map((record) =>
      record.kind === 'sent' && record.node === b!.id
        ? { ...record, packet: { ...record.packet, contact: null } }
        : record,
    );
    const portOf = signallingPorts(header, silent);
    expect([portOf(a!.id), portOf(b!.id)]).toEqual([6000 + a!.id, 6000 + b!.id]);
  });

  it('are found in IPv6 too', () => {
    const scenario = ipv6Figure();
    const nodes = scenario.nodes.map((node, index) => ({ ...node, port: 6000 + index }));
    const { header, records } = ran({ ...scenario, nodes });
    const portOf = signallingPorts(header, records);
    const found = header.nodes.filter(({ party }) => party !== 'R').map(({ id }) => portOf(id));
    const set = nodes.filter(({ role }) => role !== 'cmr-resource-server');
    expect(found).toEqual(set.map(({ port }) => port));
  });
});
