import type { Instant, Reference } from '@onedoor/kernel';
import { DEMO_PASSWORD } from '../accounts.js';

/** What the examples are about. */
export interface ExampleFacts {
  readonly baseUrl: string;
  readonly apiKey: string;
  readonly service: string;
  /** A case that the streets department can act on; null where none is known. */
  readonly openCase: Reference | null;
  /** A request with a long history, and an instant in the middle of it; null where there is none. */
  readonly history: { readonly reference: Reference; readonly midway: Instant } | null;
  /** The local days of the figures. */
  readonly days: { readonly from: string; readonly to: string };
}

export interface Example {
  readonly title: string;
  /** Lines for a shell, to be pasted as they are. */
  readonly lines: readonly string[];
}

/** What to try, in this order: what the second one defines, the later ones use. */
export const examplesOf = (facts: ExampleFacts): readonly Example[] => [report(facts), ...ofStaff(facts)];

const report = ({ baseUrl, apiKey, service }: ExampleFacts): Example => ({
  title: 'Report something',
  lines: [
    `curl ${baseUrl}/open311/v2/requests.json \\`,
    `  -d api_key=${apiKey} -d service_code=${service} \\`,
    `  -d lat=40.05 -d long=-71.58 -d 'description=Deep, by the bus stop' -d email=you@example.org`,
  ],
});

function ofStaff({ baseUrl, openCase, history, days }: ExampleFacts): readonly Example[] {
  const api = `${baseUrl}/api/v1`;
  const examples: readonly (Example | null)[] = [
    {
      title: 'Sign in as any account, by its name',
      lines: [
        `token() { curl -s ${api}/sessions -H 'content-type: application/json' \\`,
        `  -d "{\\"account\\":\\"$1\\",\\"password\\":\\"${DEMO_PASSWORD}\\"}" | sed 's/.*"token":"\\([^"]*\\)".*/\\1/'; }`,
        'STREETS=$(token streets-desk)',
      ],
    },
    {
      title: 'Read the queue of a department: what falls due first comes first',
      lines: [`curl "${api}/departments/streets/queue?limit=5" -H "authorization: Bearer $STREETS"`],
    },
    openCase === null
      ? null
      : {
          title: 'Act on a case, on the edition that you have seen',
          lines: [
            `ETAG=$(curl -sI ${api}/cases/${openCase} -H "authorization: Bearer $STREETS" | sed -n 's/^etag: \\("[0-9]*"\\).*/\\1/p')`,
            `curl ${api}/cases/${openCase}/assign -H "authorization: Bearer $STREETS" \\`,
            `  -H "if-match: $ETAG" -H 'content-type: application/json' -d '{"assignee":"crew-7"}'`,
          ],
        },
    {
      title: 'Follow the work of a department as server-sent events: the first ones ever, or without from=start whatever comes from now on',
      lines: [`curl -sN "${api}/departments/streets/work?from=start" -H "authorization: Bearer $STREETS" | head -n 12`],
    },
    {
      title: 'Figures of the last thirty days, as JSON and as CSV',
      lines: [
        'ANALYST=$(token analyst)',
        `curl "${api}/figures?from=${days.from}&to=${days.to}&by=department" -H "authorization: Bearer $ANALYST"`,
        `curl "${api}/figures?from=${days.from}&to=${days.to}&by=department,month&format=csv" -H "authorization: Bearer $ANALYST"`,
      ],
    },
    history === null
      ? null
      : {
          title: 'A long history, and what of it was known at an instant',
          lines: [
            'AUDITOR=$(token auditor)',
            `curl ${api}/audit/requests/${history.reference} -H "authorization: Bearer $AUDITOR"`,
            `curl "${api}/audit/requests/${history.reference}?asOf=${history.midway}" -H "authorization: Bearer $AUDITOR"`,
          ],
        },
  ];
  return examples.filter((example) => example !== null);
}
