import type { DomainEvent } from '@onedoor/kernel';
import type { AccountEvent } from './account/events.js';
import type { ApiTokenEvent } from './token/events.js';
import type { SessionEvent } from './session/decider.js';
import { standingWords } from './account/standing.js';

/** One sentence for each fact about who may sign in, for the people who read its history. */
export function describeAccess(event: DomainEvent): string {
  const { type, data } = event as AccountEvent | ApiTokenEvent | SessionEvent;
  switch (type) {
    case 'AccountCreated':
      return `Account created, as ${standingWords(data)}`;
    case 'PasswordSet':
      return 'Password set; sessions that began before are over';
    case 'RoleGranted':
      return `Is ${standingWords(data)} from now on`;
    case 'AccountDisabled':
      return 'Account disabled for good';
    case 'ApiTokenIssued':
      return `Token issued to ${data.label}, as ${standingWords(data)}${data.expiresAt === null ? '' : `, until ${data.expiresAt}`}`;
    case 'ApiTokenRevoked':
      return 'Token revoked';
    case 'SessionEnded':
      return `${data.account} signed out`;
  }
}
