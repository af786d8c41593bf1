import { Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { openMemory, systemEntropy, type MemoryData } from '@onedoor/adapters';
import { Executor, Unavailable, type EventBus } from '@onedoor/engine';
import { contextModule, PortsModule, WorkersModule, type Ports } from '@onedoor/platform';
import { ManualClock } from '@onedoor/testkit';
import { agreement, rule } from '../test/charter.fixtures.js';
import { monday, OFFICE } from '../test/case.fixtures.js';
import { ROUTING } from './routing.module.js';
import { Charter, type Founder } from './charter.service.js';
import { Departments } from './department/departments.service.js';
import { Policies } from './case/policies.service.js';

const FOUNDER: Founder = { actor: { role: 'staff', id: 'clerk' }, at: monday, recordedAt: monday };
const { version: _calendarVersion, ...calendar } = OFFICE;
const { version: _termsVersion, ...terms } = agreement();

let data: MemoryData;
let executor: Executor;
let charter: Charter;
let policies: Policies;

beforeEach(async () => {
  data = openMemory();
  executor = new Executor(data.store, 'testville');
  charter = await charterOver(data.bus);
  policies = new Policies(executor, new Departments(executor));
});

@Module({})
class Root {}

async function charterOver(bus: EventBus): Promise<Charter> {
  const ports = {
    ...data,
    bus,
    clock: new ManualClock(monday),
    entropy: systemEntropy,
    alarm: () => undefined,
    jurisdiction: 'testville',
  } as unknown as Ports;
  const imports = [PortsModule.of(ports), WorkersModule, contextModule(ROUTING)];
  const app = await NestFactory.createApplicationContext({ module: Root, imports }, { logger: false, abortOnError: false });
  return app.get(Charter);
}

describe('where a case goes', () => {
  it('is the department that was named, where there is one', async () => {
    await charter.createDepartment('parks', 'Parks', FOUNDER);
    expect(await policies.place('pothole', 'parks', monday)).toMatchObject({ department: 'parks', because: 'reported' });
  });

  it('is what the rules say where the one that was named was never created', async () => {
    await charter.createDepartment('works', 'Works', FOUNDER);
    await charter.publishRules([rule('pothole', 'works')], FOUNDER);
    expect(await policies.place('pothole', 'atlantis', monday)).toMatchObject({ department: 'works', because: 'rules', rulesVersion: 1 });
  });

  it('is triage where the rules name one that was never created, until it is', async () => {
    await charter.publishRules([rule('pothole', 'works')], FOUNDER);
    expect(await policies.place('pothole', null, monday)).toEqual({ department: null, because: 'fallback', rulesVersion: 1, terms: null });
    await charter.createDepartment('works', 'Works', FOUNDER);
    expect(await policies.place('pothole', null, monday)).toMatchObject({ department: 'works', because: 'rules' });
  });
});

describe('an agreement', () => {
  it('is in force once it was agreed, with its hours for misroutes', async () => {
    await charter.publishCalendar(calendar, FOUNDER);
    await charter.agree('parks', { ...terms, returnWithinHours: 4 }, FOUNDER);
    expect(await policies.agreement('parks', monday)).toMatchObject({ version: 1, returnWithinHours: 4 });
  });

  it('is not signed while the department could be told of no work', async () => {
    const down: EventBus = {
      declare: () => Promise.reject(new Unavailable('Not just now')),
      publish: (messages) => data.bus.publish(messages),
      consume: (options) => data.bus.consume(options),
    };
    await expect((await charterOver(down)).agree('parks', terms, FOUNDER)).rejects.toThrow(Unavailable);
    await expect((await charterOver(down)).createDepartment('parks', 'Parks', FOUNDER)).rejects.toThrow(Unavailable);
    expect(await policies.agreement('parks', monday)).toBeNull();
    expect(await policies.hasDepartment('parks')).toBe(false);
  });
});
