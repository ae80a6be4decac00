import { check } from '../base/check.ts';
import { readHttpUrl } from '../http/http-url.ts';
import { hostPort } from '../sip/message.ts';
import type { ScenarioDocument } from './scenario-schema.ts';
import type { CmrResource } from './scenario.ts';
import { duration, taken } from './taken-quantities.ts';
import { readBandwidth, readOctets, readPercent } from './units.ts';

type WrittenResourceServer = Extract<
  ScenarioDocument['nodes'][string],
  { role: 'cmr-resource-server' }
>;

/** A CMR Resource as written, and the file it is. */
export function cmrResource(
  name: string,
  written: WrittenResourceServer['resources'][string],
  address: string,
): CmrResource {
  const { media, serves } = written;
  // An address alone, in brackets where it is one of IPv6.
  const host = hostPort(address, 0).replace(/:0$/, '');
  const url = written.url ?? `http://${host}/${name}`;
  const read = readHttpUrl(url);
  check(read !== null, 'a URL passed that is none');
  const resource = { name, media };
  const transfer = {
    octets: taken(readOctets(written.size)),
    bitsPerSecond: taken(readBandwidth(written.bandwidth)),
    slowStart: written['slow-start'],
    pause: duration(written.pause),
  };
  return {
    ...resource,
    duration: duration(written.duration),
    mixedGainPercent: taken(readPercent(written['mixed-gain'])),
    mixedPicture: written['mixed-picture'],
    url,
    file: {
      target: read.target,
      resource,
      contentType: written.type ?? (media.includes('video') ? 'video/3gpp' : 'audio/3gpp'),
      transfer,
      serves,
      movedTo: written['moved-to'] ?? null,
    },
  };
}
