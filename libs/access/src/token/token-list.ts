import type { Projection } from '@onedoor/engine';
import { idOf, type Instant } from '@onedoor/kernel';
import { API_TOKEN_SHAPES, type ApiTokenEvent, type IssuedToken } from './events.js';

/** A token, as administrators see it among the others: neither its secret nor the hash of it. */
export interface ListedToken extends Omit<IssuedToken, 'secretHash'> {
  readonly id: string;
  readonly isRevoked: boolean;
  readonly issuedAt: Instant;
}

/** The tokens, oldest first. For lists only: what a token may do is asked of its stream. */
export const TOKEN_LIST: Projection<ListedToken, ApiTokenEvent> = {
  collection: { name: 'tokens', version: 1, indexes: [['issuedAt']] },
  categories: ['token'],
  shapes: API_TOKEN_SHAPES,
  handles: ['ApiTokenIssued', 'ApiTokenRevoked'],
  keys: ({ stream }) => [idOf(stream)],
  evolve(document, event) {
    if (event.type === 'ApiTokenRevoked') return document && { ...document, isRevoked: true };
    const { role, department, label, expiresAt } = event.data;
    return { id: idOf(event.stream), role, department, label, expiresAt, isRevoked: false, issuedAt: event.at };
  },
};
