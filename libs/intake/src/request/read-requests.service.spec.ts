import { openMemory, systemEntropy, type MemoryData } from '@onedoor/adapters';
import { Executor, Projector, Unavailable, type Projection } from '@onedoor/engine';
import type { Ports } from '@onedoor/platform';
import { AlarmLog, HastyClock, shortAnswers } from '@onedoor/testkit';
import { monday, recordClosing, recordPromise, recordRouting, submit } from '../../test/intake.fixtures.js';
import { SERVICE_REQUEST } from '../aggregates.js';
import { REQUEST_STATUS } from './request-status.js';
import { ReadRequests, ReadRequestsHandler } from './read-requests.service.js';

const REFERENCE = '9AN03NQK8NE';

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
  for (const command of [submit(), recordRouting(), recordPromise(), recordClosing()]) {
    await executor.execute(SERVICE_REQUEST, REFERENCE, command, {
      commandId: command.type,
      actor: { role: 'system', id: 'test' },
      correlationId: REFERENCE,
      recordedAt: monday,
    });
  }
});

const ask = (reads: readonly number[] = [], reference = REFERENCE) =>
  new ReadRequestsHandler({ ...ports, store: shortAnswers(data.store, { reads }) }).execute(new ReadRequests([reference]));
const project = () =>
  new Projector(REQUEST_STATUS as unknown as Projection, ports).run({ signal: new AbortController().signal, untilCaughtUp: true });

describe('one request', () => {
  it('shows what was just acknowledged, before any view does', async () => {
    expect(await ask()).toMatchObject([{ reference: REFERENCE, status: 'closed' }]);
    expect(await ask([], '9AN0000000X')).toEqual([]);
  });

  it('never shows less than the view does, however short the log answers', async () => {
    await project();
    const whole = await ask();
    for (const reads of [[0], [0.5], [0.25, 0, 0], [0.75, 0.9]]) expect(await ask(reads)).toEqual(whole);
    await expect(ask(Array<number>(100).fill(0))).rejects.toThrow(Unavailable);
  });
});
