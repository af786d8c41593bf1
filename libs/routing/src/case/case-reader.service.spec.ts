import { openMemory, systemEntropy, type MemoryData } from '@onedoor/adapters';
import { Executor, Projector, Unavailable, type Projection } from '@onedoor/engine';
import type { Ports, Principal } from '@onedoor/platform';
import { AlarmLog, HastyClock, shortAnswers } from '@onedoor/testkit';
import { hours, monday, open, route } from '../../test/case.fixtures.js';
import { CASE } from '../aggregates.js';
import { CaseReader } from './case-reader.service.js';
import { CASE_OVERVIEW } from './case-overview.js';

const REFERENCE = '9AN03NQK8NE';
const AUDITOR: Principal = { kind: 'account', id: 'auditor', role: 'auditor', department: null };

let data: MemoryData;
let ports: Ports;

beforeEach(async () => {
  data = openMemory();
  ports = {
    ...data,
    clock: new HastyClock(monday),
    entropy: systemEntropy,
    alarm: new AlarmLog().alarm,
    dependencies: [],
    jurisdiction: 'testville',
  } as Ports;
  const executor = new Executor(data.store, 'testville');
  for (const command of [open(), route({ at: hours(2) })]) {
    await executor.execute(CASE, REFERENCE, command, {
      commandId: command.type,
      actor: { role: 'system', id: 'test' },
      correlationId: REFERENCE,
      recordedAt: monday,
    });
  }
  await new Projector(CASE_OVERVIEW as unknown as Projection, ports).run({ signal: new AbortController().signal, untilCaughtUp: true });
});

/** As a process reads it that has not met the case before. */
function read(reads: readonly number[] = []): ReturnType<CaseReader['read']> {
  const executor = new Executor(shortAnswers(data.store, { reads }), 'testville');
  return new CaseReader(ports, executor).read(REFERENCE, AUDITOR);
}

it('a case is never shown with less than its document shows, however short the log answers', async () => {
  const whole = await read();
  expect(whole).toMatchObject({ outcome: 'standing', position: await data.store.head() });
  for (const reads of [[0], [0.5], [0.25, 0, 0]]) expect(await read(reads)).toEqual(whole);
  await expect(read(Array<number>(100).fill(0))).rejects.toThrow(Unavailable);
});
