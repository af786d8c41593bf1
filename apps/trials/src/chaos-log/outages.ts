import type { RaisedAlarm } from './log-client.js';

/** One that begins and one that ends it. */
const ALARMS_OF_AN_OUTAGE = 2;

export interface Outages {
  /** How often one client saw an outage. A fault is one outage at most for each of them. */
  readonly outages: number;
  readonly alarms: number;
  /** Alarms beyond two for an outage and client. */
  readonly tooLoud: number;
}

/** Counts what each client raised from the beginning of one fault to that of the next; before it begins, all clients append again. */
export function outagesOf(alarmsByClient: readonly (readonly RaisedAlarm[])[], faultsBegunMs: readonly number[]): Outages {
  const spans = [0, ...faultsBegunMs].map((fromMs, index) => ({ fromMs, toMs: faultsBegunMs[index] ?? Infinity }));
  const counts = alarmsByClient.flatMap((alarms) =>
    spans.map(({ fromMs, toMs }) => alarms.filter(({ atMs }) => atMs >= fromMs && atMs < toMs).length),
  );
  const seen = counts.filter((count) => count > 0);
  return {
    outages: seen.length,
    alarms: seen.reduce((sum, count) => sum + count, 0),
    tooLoud: seen.reduce((sum, count) => sum + Math.max(0, count - ALARMS_OF_AN_OUTAGE), 0),
  };
}
