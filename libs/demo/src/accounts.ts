import type { PublishedAccount } from '@onedoor/access';

/** The password of every account of the demo. It is published, so it is refused outside a demo. */
export const DEMO_PASSWORD = 'riverbend';

const desk = (department: string): PublishedAccount => ({
  id: `${department}-desk`,
  role: 'department',
  department,
  password: DEMO_PASSWORD,
});

/** One account of each role, and one for each department. */
export const DEMO_ACCOUNTS: readonly PublishedAccount[] = [
  ...['streets', 'sanitation', 'parks', 'water'].map(desk),
  ...(['router', 'auditor', 'analyst', 'administrator'] as const).map((role) => ({
    id: role,
    role,
    department: null,
    password: DEMO_PASSWORD,
  })),
];
