import type { ReactElement } from 'react';
import { DEMO_ACCOUNTS, DEMO_PASSWORD } from '../demo/demo-accounts.js';

/** What each account is for, by its role. */
const MAY: Readonly<Record<string, string>> = {
  department: 'works on the cases of its department',
  router: '311 itself: triage, and the cases of every department',
  auditor: 'reads the history of any request, as of any instant',
  analyst: 'reads the figures',
  administrator: 'accounts and tokens',
};

/** Who can sign in, each with the password that everybody knows. In a demo only. */
export function DemoAccounts(): ReactElement {
  return (
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
}
