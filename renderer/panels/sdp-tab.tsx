import type { ReactElement } from 'react';

import { isSip, type MessageView } from '../../sim-core/reading.ts';
import { messagesOf } from '../ladder/from-trace.ts';
import { exchangesOf, type Exchange } from '../words/agreed-lines.ts';
import { wireText } from '../words/wire-text.ts';
import { SdpBody } from './message-tab.tsx';
import { MessageLink } from './record-link.tsx';
import { useTrace } from './window-parts.ts';

/** What a message's descriptions offer or answer, what is agreed then, and what they change. */
export function SdpTab({ message }: { readonly message: MessageView }): ReactElement {
  const messages = useTrace(messagesOf);
  const { packet } = message;
  const bodies = isSip(packet) ? wireText(packet).bodies : [];
  if (bodies.length === 0) return <p className="empty">It carries no description.</p>;
  return (
    <>
      {exchangesOf(message, messages).map((exchange) => (
        <Agreed key={`${exchange.disposition} ${exchange.number}`} exchange={exchange} />
      ))}
      {bodies.map((body, place) => (
        <SdpBody key={place} body={body} message={message} />
      ))}
    </>
  );
}

function Agreed({ exchange }: { readonly exchange: Exchange }): ReactElement {
  const { disposition, number, offer, answer, rows } = exchange;
  return (
    <section aria-label={`Exchange ${number}`}>
      <h3 className="section-heading">
        {disposition === 'session' ? 'Session' : 'Early session'}
        <span>offer and answer {number}</span>
      </h3>
      <table className="exchange">
        <thead>
          <tr>
            <th scope="col">Medium</th>
            <th scope="col">
              Offer <MessageLink message={offer} />
            </th>
            <th scope="col">
              Answer {answer === null ? 'none yet' : <MessageLink message={answer} />}
            </th>
            <th scope="col">Effective</th>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ offered, answered, effective, codec }, place) => (
            <tr key={place}>
              <th scope="row">{offered.media}</th>
              <td>
                {offered.way}
                <Place place={offered.place} />
              </td>
              <td>
                {answered === null ? '–' : answered.way}
                <Place place={answered?.place ?? ''} />
              </td>
              <td>
                <b>{effective ?? 'open'}</b>
                <small>{codec ?? ''}</small>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

/** An address and its port, which go on separate lines where there is no room for both. */
function Place({ place }: { readonly place: string }): ReactElement {
  const cut = place.lastIndexOf(':');
  return (
    <small>
      {place.slice(0, Math.max(0, cut))}
      <wbr />
      {cut < 0 ? place : place.slice(cut)}
    </small>
  );
}
