import type { DynamicModule } from '@nestjs/common';
import { AccessModule } from '@onedoor/access';
import type { Config, Ports } from '@onedoor/platform';

/** Of a key that is made at the start: sessions then end with the process. */
const SESSION_KEY_BYTES = 32;

/** The guard before every route of a process; in one of them (`serves`) people sign in, and accounts and tokens are kept. */
export const accessOf = ({ entropy }: Ports, { ONEDOOR_SESSION_KEY }: Config, part: 'serves' | 'checks'): DynamicModule =>
  AccessModule.of({ sessionKey: ONEDOOR_SESSION_KEY || entropy.hex(SESSION_KEY_BYTES), serveSessions: part === 'serves' });
