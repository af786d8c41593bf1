import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { auditOf, wholeLog } from './audit.js';
import { injectFault, type InjectedFault } from './fault-injection.js';
import { LogLedger } from './ledger.js';
import { openLogClient, type LogClient } from './log-client.js';
import { Load } from './load/load.js';
import type { Nodes } from './nodes/nodes.js';
import { outagesOf } from './outages.js';
import type { Fault } from './plan.js';
import { AppendNotifier } from './append-notifier.js';
import type { StageResult } from './result.js';
import { Tally } from './tally.js';

const CLIENTS = ['a', 'b', 'c'];
/** How many appends are acknowledged before the first fault. */
const FIRST_APPENDS = 30;
const SETTLE_WITHIN_MS = 60_000;
const LOOK_MS = 20;

interface StageOptions {
  readonly nodes: Nodes;
  readonly plan: readonly Fault[];
  /** The minimal duration of the load, even where the faults take less. */
  readonly leastMs: number;
  readonly say: (line: string) => void;
}

/** Puts a log under load while faults are injected into its nodes, and compares its answers and its final content with the ledger. */
export async function runStage({ nodes, plan, leastMs, say }: StageOptions): Promise<StageResult> {
  const namespace = `chaos${randomUUID().slice(0, 8)}`;
  const opened: LogClient[] = [];
  const open = async (name: string): Promise<LogClient> => {
    const client = await openLogClient(name, nodes.url, namespace);
    opened.push(client);
    return client;
  };
  try {
    const clients = await Promise.all(CLIENTS.map(open));
    const ledger = new LogLedger();
    const tally = new Tally(say);
    const notifier = new AppendNotifier();
    const begunMs = performance.now();
    const load = new Load(clients.map((client) => ({ client, ledger, tally, notifier })));
    while (ledger.mark < FIRST_APPENDS) await pause(LOOK_MS);
    const injected: InjectedFault[] = [];
    for (const [index, fault] of plan.entries()) {
      const so = `${ledger.events} acknowledged, ${tally.answers} answers, ${tally.wrong} wrong`;
      say(`${nodes.title}: ${index + 1} of ${plan.length}, ${fault.kind} (${fault.lastsMs} ms), ${so}`);
      injected.push(await injectFault(fault, nodes, notifier, CLIENTS));
    }
    while (performance.now() - begunMs < leastMs) await pause(LOOK_MS);
    await load.end(SETTLE_WITHIN_MS);
    const log = await wholeLog(await open('auditor'));
    const { lost, doubled, unexpected } = auditOf(log, ledger);
    for (const intruder of unexpected) tally.isWrong(`an event in the log that must not be there: ${intruder}`);
    const { outages, alarms, tooLoud } = outagesOf(
      clients.map(({ alarms }) => alarms),
      injected.map((each) => each.begunMs),
    );
    return {
      title: nodes.title,
      faults: injected.length,
      acknowledged: ledger.events,
      lost,
      doubled,
      answers: tally.answers,
      wrong: tally.wrong,
      followerMissed: load.missedOf(log),
      followerRepeated: load.repeated,
      outages,
      alarms,
      tooLoud,
      appendAgainFrom: nodes.count > 1 ? 'the kill of the leader' : 'the moment the node listens again',
      appendAgainMs: injected.flatMap(({ appendAgainMs }) => appendAgainMs ?? []),
      unavailableAfterMs: tally.unavailableAfterMs,
    };
  } finally {
    for (const client of opened) await client.close();
  }
}
