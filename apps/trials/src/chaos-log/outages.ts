import type { RaisedAlarm } from './log-client.js';

/** One that begins and one that ends it. */
const ALARMS_OF_AN_OUTAGE = 2;
/** How the alarm ends that tells of the end of an outage. */
const END = 'answers again';

export interface Outages {
  /** How often one client saw an outage. A fault is one outage at most for each of them. */
  readonly outages: number;
  readonly alarms: number;
  /** Alarms beyond two for an outage and client. */
  readonly tooLoud: number;
}

/** Counts what each client raised from the beginning of one fault to that of the next. The end of an outage counts with its beginning. */
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
