import { Fragment, type ReactElement } from 'react';

import type { ParsedField } from '../words/parsed-message.ts';

/** A message's header fields as a list: each value with what it means in this call. */
export function ParsedHeaders({
  fields,
  pointed,
  point,
}: {
  readonly fields: readonly ParsedField[];
  /** The field that is pointed at, here or in the wire text. */
  readonly pointed: number | null;
  readonly point: (place: number | null) => void;
}): ReactElement {
  return (
    <dl className="facts padded parsed">
      {fields.map(({ place, name, parts, means }) => (
        <div
          key={place}
          className={place === pointed ? 'field pointed' : 'field'}
          onPointerEnter={() => point(place)}
          onPointerLeave={() => point(null)}
        >
          <dt>{name}</dt>
          <dd>
            {parts.map((part, index) => (
              <Fragment key={index}>
                {index === 0 ? null : ', '}
                {part.name === '' ? null : <span className="quiet">{part.name} </span>}
                <span>{part.value}</span>
              </Fragment>
            ))}
            {means === null ? null : <span className="means"> {means}</span>}
          </dd>
        </div>
      ))}
    </dl>
  );
}
