import type { RaisedAlarm } from './log-client.js';

/** One alarm for its begin and one for its end. */
const ALARMS_OF_AN_OUTAGE = 2;
/** The suffix of the alarm for the end of an outage. */
const END = 'answers again';

interface Outages {
  /** Outages summed over the clients; a fault is at most one outage for each client. */
  readonly outages: number;
  readonly alarms: number;
  /** Alarms beyond two per outage and client. */
  readonly tooLoud: number;
}

/** Counts each client's alarms from one fault to the next. The end of an outage counts with the fault of its begin. */
export function outagesOf(alarmsByClient: readonly (readonly RaisedAlarm[])[], faultsBegunMs: readonly number[]): Outages {
  const counts = alarmsByClient.flatMap((alarms) => countsByFault(alarms, faultsBegunMs));
  return {
    outages: counts.length,
    alarms: counts.reduce((sum, count) => sum + count, 0),
    tooLoud: counts.reduce((sum, count) => sum + Math.max(0, count - ALARMS_OF_AN_OUTAGE), 0),
  };
}

function countsByFault(alarms: readonly RaisedAlarm[], faultsBegunMs: readonly number[]): readonly number[] {
  const counts = new Map<number, number>();
  let fault = 0;
  for (const { message, atMs } of alarms) {
    if (!message.endsWith(END)) fault = faultsBegunMs.filter((begunMs) => begunMs <= atMs).length;
    counts.set(fault, (counts.get(fault) ?? 0) + 1);
  }
  return [...counts.values()];
}
