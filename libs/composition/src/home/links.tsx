import type { Reference } from '@onedoor/kernel';
import type { ReactElement } from 'react';

export interface LinksView {
  readonly hasOutbox: boolean;
  /** Of the latest case; null where there is none. */
  readonly latest: Reference | null;
}

/** What a browser can open without signing in, and where the rest is. */
export function Links({ hasOutbox, latest }: LinksView): ReactElement {
  return (
    <ul>
      <li>
        <a href="/open311/v2/services.json">Services (Open311, JSON)</a> and <a href="/open311/v2/services.xml">XML</a>
      </li>
      <li>
        <a href="/open311/v2/requests.json">Requests of the last 90 days (JSON)</a> and <a href="/open311/v2/requests.xml">XML</a>
      </li>
      {hasOutbox && (
        <li>
          <a href="/outbox">The outbox</a>: messages as residents get them, in two languages
        </li>
      )}
      <li>
        <a href="/healthz">Health</a>, <a href="/readyz">readiness</a> and <a href="/metrics">metrics</a>
      </li>
      <li>
        On the command line: <code>{`npm run -s onedoor -- replay ${latest ?? '<reference>'}`}</code>
      </li>
      <li>Queues, cases, live work, figures and audit: with an account, as shown below</li>
    </ul>
  );
}
