import type { ApiTokenEvent } from './events.js';

/** The current version of each event's shape. Raising one asks for an upcaster here and a golden file of the old shape. */
export const API_TOKEN_SHAPES: Readonly<Record<ApiTokenEvent['type'], { readonly v: number }>> = {
  ApiTokenIssued: { v: 1 },
  ApiTokenRevoked: { v: 1 },
};
