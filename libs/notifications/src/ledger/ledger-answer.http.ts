import { LANGUAGES } from '@onedoor/contracts';
import { count, instant, json, list, oneOf, ordinal, orNull, record, REFERENCE, text } from '@onedoor/platform';
import type { LedgerEntry } from './notification-ledger.js';

/** One page of the ledger. `next` is the cursor of the page behind it; null where there can be none. */
export interface LedgerPage {
  readonly notifications: readonly LedgerEntry[];
  readonly next: string | null;
}

/** What the ledger answers, as the interface's description says it. */
export const LEDGER_PAGE = json(
  'A page of the ledger, newest first.',
  record<LedgerPage>('NotificationPage', {
    notifications: list(
      record<LedgerEntry>('Notification', {
        reference: REFERENCE,
        n: ordinal('Which notification about this request.'),
        kind: text('What it tells.'),
        round: ordinal('Counts reopenings: 1 until the first, and one more with each.'),
        channel: text('How it goes out.'),
        language: oneOf(LANGUAGES, 'The language it is written in.'),
        state: oneOf(['requested', 'sent', 'failed', 'suppressed'], 'What became of it.'),
        attempts: count('How often it was tried.'),
        requestedAt: instant('When it was due to be written.'),
        endedAt: orNull(instant('When it was sent, failed for good or was suppressed; null while it is still to be sent.')),
        nextAttemptAt: orNull(instant('After a failed attempt: when the next one is due.')),
        reason: orNull(text('Why the last attempt failed, or why there is none, as a code.')),
      }),
    ),
    next: orNull(text('The cursor of the page behind it; null where there can be none.')),
  }),
  { headers: { 'Cache-Control': { type: 'string', const: 'no-store' } } },
);
