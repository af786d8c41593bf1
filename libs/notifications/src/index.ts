export { CORRESPONDENCE } from './aggregates.js';
export { Courier } from './delivery/courier.worker.js';
export type { LedgerPage } from './ledger/ledger-answer.http.js';
export { NOTIFICATIONS } from './notifications.module.js';
export { OUTBOX } from './outbox/outbox.http.js';
export { NOTIFICATION_LEDGER, type LedgerEntry } from './ledger/notification-ledger.js';
export { PENDING_NOTIFICATIONS, type PendingNotification } from './delivery/pending-notifications.js';
export { describeCorrespondence } from './correspondence/describe.js';
export { presentCorrespondence, type CorrespondenceSummary } from './correspondence/present.service.js';
