export { CORRESPONDENCE } from './correspondence/decider.js';
export { Courier } from './delivery/courier.worker.js';
export type { LedgerPage } from './ledger/ledger-answer.http.js';
export { NOTIFICATIONS } from './notifications.module.js';
export { NOTIFICATION_LEDGER } from './ledger/notification-ledger.js';
export { PENDING_NOTIFICATIONS } from './delivery/pending-notifications.js';
