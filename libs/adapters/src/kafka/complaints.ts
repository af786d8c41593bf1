import type { Alarm } from '@onedoor/engine';
import type { logCreator } from 'kafkajs';

const SAME_COMPLAINT_AFTER_MS = 60_000;
const COMPLAINTS_REMEMBERED = 100;

/** Hands on what the driver logs as an error: the same complaint once a minute, for an outage makes many. */
export function complaintsTo(alarm: Alarm): logCreator {
  const complained = new Map<string, number>();
  return () =>
    ({ namespace, log }) => {
      const reason = [log.message, log['error']].filter((part) => typeof part === 'string').join(': ');
      // Every join and leave of a member is logged as an error by the driver.
      if (/rebalanc/i.test(reason)) return;
      const last = complained.get(reason);
      const now = performance.now();
      if (last !== undefined && now - last < SAME_COMPLAINT_AFTER_MS) return;
      if (complained.size >= COMPLAINTS_REMEMBERED) complained.clear();
      complained.set(reason, now);
      alarm('kafka complains', { part: namespace, reason });
    };
}
