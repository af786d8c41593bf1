import { hash } from 'node:crypto';

/** A UUID-shaped id derived from its parts: equal parts give equal ids, so that retries, rebuilds and rewinds repeat the same ids. */
export function deterministicId(...parts: readonly string[]): string {
  const hex = hash('sha256', parts.join('\u0000'), 'hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-9${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}
