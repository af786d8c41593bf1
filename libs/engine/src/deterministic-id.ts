import { hash } from 'node:crypto';

/** A UUID-shaped id that the same parts always give: retries, rebuilds and rewinds name the same thing by the same name. */
export function deterministicId(...parts: readonly string[]): string {
  const hex = hash('sha256', parts.join('\u0000'), 'hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-9${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}
