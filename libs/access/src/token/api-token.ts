import { rejectAbsent } from '@onedoor/kernel';
import type { IssuedToken } from './events.js';

export type ApiTokenState = { readonly exists: false } | ApiToken;

export interface ApiToken {
  readonly exists: true;
  readonly token: IssuedToken;
  readonly isRevoked: boolean;
}

export const TOKEN_UNKNOWN = rejectAbsent('TOKEN_UNKNOWN', 'There is no such token');

export const TOKEN_ID_BYTES = 8;
export const TOKEN_SECRET_BYTES = 32;

export const isTokenId = (text: string): boolean => /^[0-9a-f]{16}$/.test(text);

/** What begins every token's text: people and scanners for leaked secrets recognise it. */
export const TOKEN_PREFIX = 'od_';

/** The text that a system sends: `od_<id>_<secret>`. */
export const tokenText = (id: string, secret: string): string => `${TOKEN_PREFIX}${id}_${secret}`;

/** The id and the secret in a token's text; null for any other text. */
export function readTokenText(text: string): { readonly id: string; readonly secret: string } | null {
  const [, id, secret] = /^od_([0-9a-f]{16})_([0-9a-f]{64})$/.exec(text) ?? [];
  return id === undefined || secret === undefined ? null : { id, secret };
}
