import type { Instant } from '@onedoor/kernel';
import type { IssuedToken } from './events.js';

export type ApiTokenCommand = IssueApiToken | RevokeApiToken;

export interface IssueApiToken {
  readonly type: 'IssueApiToken';
  readonly at: Instant;
  readonly token: IssuedToken;
}

export interface RevokeApiToken {
  readonly type: 'RevokeApiToken';
  readonly at: Instant;
}
