import { openSqlite, systemClock } from '@onedoor/adapters';
import { replay as replayStreams } from '@onedoor/audit';
import { AUDITED_STREAMS } from '@onedoor/composition';
import { deterministicId, Executor } from '@onedoor/engine';
import { instantOf, makeReference, MINUTE_MS, type Reference } from '@onedoor/kernel';
import { CASE, type CaseCommand } from '@onedoor/routing';
import { measurement, percentile, type Measurement } from '../measurement.js';
import { withTemporaryFolder } from '../temporary-folder.js';

const EVENTS = 50;
const STORIES = 200;
const REPLAYS = 2_000;
const START_MS = Date.UTC(2026, 0, 5);

/** Replays a request of fifty events from the file. */
export function replay(): Promise<readonly Measurement[]> {
  return withTemporaryFolder(async (folder) => {
    const data = await openSqlite(folder);
    const log = { store: data.store, readModels: data.readModels, clock: systemClock, alarm: () => undefined };
    const executor = new Executor(data.store, 'bench');
    const references = Array.from({ length: STORIES }, (_none, number) => makeReference(9_500, number));
    for (const reference of references) await appendHistory(executor, reference);
    const samples: number[] = [];
    for (let turn = 0; turn < REPLAYS; turn++) {
      const reference = references[turn % STORIES] ?? '';
      const started = performance.now();
      const story = await replayStreams(log, AUDITED_STREAMS, reference, null);
      samples.push(performance.now() - started);
      if (story?.timeline.length !== EVENTS) throw new Error(`A story has ${story?.timeline.length} events instead of ${EVENTS}`);
    }
    await data.close();
    return [
      measurement('replay', 'p50 ms for 50 events', percentile(samples, 0.5)),
      measurement('replay', 'p99 ms for 50 events', percentile(samples, 0.99), null, { atMost: 2 }),
    ];
  });
}

/** Appends a case that is opened (two events), routed, and then reassigned until it has EVENTS events. */
async function appendHistory(executor: Executor, reference: Reference): Promise<void> {
  const placement = { department: null, because: 'fallback', rulesVersion: 1, terms: null } as const;
  const named = { department: 'streets', because: 'staff', rulesVersion: null, terms: null } as const;
  const at = (minute: number): string => instantOf(START_MS + minute * MINUTE_MS);
  const commands: CaseCommand[] = [
    { type: 'OpenCase', at: at(0), service: 'pothole', visibility: 'public', reported: null, placement },
    { type: 'RouteCase', at: at(1), placement: named },
  ];
  for (let minute = 2; commands.length < EVENTS - 2; minute++)
    commands.push({ type: 'AssignCase', at: at(minute), assignee: `crew-${minute}` });
  for (const [index, command] of commands.entries()) {
    const commandId = deterministicId('bench', reference, String(index));
    const answer = await executor.execute(CASE, reference, command, {
      commandId,
      actor: { role: 'system', id: 'bench' },
      correlationId: reference,
      recordedAt: command.at,
    });
    if (answer.outcome === 'rejected') throw new Error(answer.detail);
  }
}
