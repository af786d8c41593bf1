import type { INestApplicationContext } from '@nestjs/common';
import { issueToken } from '@onedoor/access';
import type { Role } from '@onedoor/platform';

/** The `Authorization` of a system with this role: quicker than signing in, for specs that are about something else. */
export async function bearer(app: INestApplicationContext, role: Role, department: string | null = null): Promise<string> {
  const issued = await issueToken(app, { role, department, label: 'test', expiresAt: null }, { role: 'system', id: 'test' });
  return `Bearer ${issued.bearer}`;
}
