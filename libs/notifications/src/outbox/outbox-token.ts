/** Injection token of the outbox that is shown. */
export const OUTBOX = Symbol('notifications.outbox');
