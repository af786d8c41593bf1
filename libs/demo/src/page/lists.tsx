import { Open311Links } from '@onedoor/intake';
import type { Reference } from '@onedoor/kernel';
import { Fragment, type ReactElement } from 'react';
import { DEMO_ACCOUNTS, DEMO_PASSWORD } from '../accounts.js';
import type { Example } from './examples.js';

export interface LinksView {
  readonly hasOutbox: boolean;
  /** Of the latest case; null where none is known. */
  readonly latest: Reference | null;
}

/** What a browser can open without signing in, and where the rest is. */
export const Links = ({ hasOutbox, latest }: LinksView): ReactElement => (
  <ul>
    <Open311Links />
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

/** What each account is for, by its role. */
const MAY: Readonly<Record<string, string>> = {
  department: 'works on the cases of its department',
  router: '311 itself: triage, and the cases of every department',
  auditor: 'reads the history of any request, as of any instant',
  analyst: 'reads the figures',
  administrator: 'accounts and tokens',
};

/** Who can sign in, each with the published password. */
export const Accounts = (): ReactElement => (
  <>
    <p>
      In this demo everybody has the password <code>{DEMO_PASSWORD}</code>.
    </p>
    <ul>
      {DEMO_ACCOUNTS.map(({ id, role }) => (
        <li key={id}>
          <code>{id}</code>
          {`: ${MAY[role] ?? role}`}
        </li>
      ))}
    </ul>
  </>
);

export const Examples = ({ examples }: { readonly examples: readonly Example[] }): ReactElement => (
  <>
    {examples.map(({ title, lines }) => (
      <Fragment key={title}>
        <h3>{title}</h3>
        <pre tabIndex={0} aria-label={title}>
          <code>{lines.join('\n')}</code>
        </pre>
      </Fragment>
    ))}
  </>
);
