import type { Projected } from '@onedoor/engine';
import { claimed, failed, minutes, monday, promised, REFERENCE, requested, sent, suppressed } from '../../test/correspondence.fixtures.js';
import type { CorrespondenceEvent } from '../correspondence/events.js';
import { NOTIFICATION_LEDGER, type LedgerEntry } from './notification-ledger.js';

const projected = (event: CorrespondenceEvent): Projected<CorrespondenceEvent> =>
  ({ ...event, stream: `notification-${REFERENCE}` }) as unknown as Projected<CorrespondenceEvent>;

const project = (...events: readonly CorrespondenceEvent[]): LedgerEntry | null =>
  events.map(projected).reduce<LedgerEntry | null>((document, event) => NOTIFICATION_LEDGER.evolve(document, event), null);

describe('the ledger', () => {
  it('has one entry a notification', () => {
    expect(NOTIFICATION_LEDGER.keys(projected(requested()))).toEqual([`${REFERENCE}.1`]);
    expect(NOTIFICATION_LEDGER.keys(projected(sent({ n: 12 })))).toEqual([`${REFERENCE}.12`]);
  });

  it('says what it is for', () => {
    expect(project(promised())).toEqual({
      reference: REFERENCE,
      n: 2,
      kind: 'promised',
      round: 1,
      channel: 'email',
      language: 'en',
      state: 'requested',
      attempts: 0,
      requestedAt: minutes(1),
      endedAt: null,
      nextAttemptAt: null,
      reason: null,
    });
  });

  it('says what became of it', () => {
    expect(project(requested(), claimed(), sent())).toMatchObject({
      state: 'sent',
      attempts: 1,
      requestedAt: monday,
      endedAt: minutes(2),
      reason: null,
    });
    expect(project(requested(), claimed(), failed())).toMatchObject({
      state: 'requested',
      attempts: 1,
      nextAttemptAt: minutes(3),
      reason: 'SMTP_450',
    });
    expect(project(requested(), claimed(), failed({ code: 'SMTP_550', nextAttemptAt: null }))).toMatchObject({
      state: 'failed',
      endedAt: minutes(2),
      nextAttemptAt: null,
      reason: 'SMTP_550',
    });
    expect(project(requested(), suppressed())).toMatchObject({
      state: 'suppressed',
      attempts: 0,
      endedAt: minutes(2),
      reason: 'no_address',
    });
  });

  it('forgets why an earlier attempt failed once it went out', () => {
    expect(project(requested(), claimed(), failed(), claimed({ attempt: 2 }), sent({ attempt: 2 }))).toMatchObject({
      state: 'sent',
      attempts: 2,
      nextAttemptAt: null,
      reason: null,
    });
  });
});
