import { Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { openMemory, systemEntropy, type MemoryData } from '@onedoor/adapters';
import { workTopic } from '@onedoor/contracts';
import { Executor, Unavailable, type EventBus } from '@onedoor/engine';
import type { Instant, Principal, Role } from '@onedoor/kernel';
import { CommandGateway, contextModule, PortsModule, WorkersModule, type CommandOutcome, type Ports } from '@onedoor/platform';
import { ManualClock } from '@onedoor/testkit';
import { agreement, rule } from '../test/agreed.fixtures.js';
import { hours, monday, OFFICE } from '../test/case.fixtures.js';
import { AGREEMENT_COMMANDS } from './agreement/commands/index.js';
import { RULES_ID } from './aggregates.js';
import { CALENDAR_COMMANDS } from './calendar/commands/index.js';
import { Policies } from './case/policies.service.js';
import { DEPARTMENT_COMMANDS } from './department/commands/index.js';
import { Departments } from './department/departments.service.js';
import { ROUTING } from './routing.module.js';
import { RULES_COMMANDS } from './rules/commands/index.js';
import type { RoutingRule } from './rules/routing-rules.js';

const { version: _calendarVersion, id: OFFICE_ID, ...calendar } = OFFICE;
const { version: _termsVersion, ...terms } = agreement();

@Module({})
class Root {}

let data: MemoryData;
let gateway: CommandGateway;
let policies: Policies;
let declared: string[];
let clock: ManualClock;

beforeEach(async () => {
  data = openMemory();
  declared = [];
  clock = new ManualClock(monday);
  const executor = new Executor(data.store, 'testville');
  policies = new Policies(executor, new Departments(executor));
  gateway = await gatewayOver({
    declare: async (topics) => (declared.push(...topics), data.bus.declare(topics)),
    publish: (messages) => data.bus.publish(messages),
    consume: (options) => data.bus.consume(options),
    waiting: (group, topics) => data.bus.waiting(group, topics),
  });
});

async function gatewayOver(bus: EventBus): Promise<CommandGateway> {
  const ports = {
    ...data,
    bus,
    clock,
    entropy: systemEntropy,
    alarm: () => undefined,
    jurisdiction: 'testville',
  } as unknown as Ports;
  const imports = [PortsModule.of(ports), WorkersModule, contextModule(ROUTING)];
  const app = await NestFactory.createApplicationContext({ module: Root, imports }, { logger: false, abortOnError: false });
  return app.get(CommandGateway);
}

type Set = Parameters<CommandGateway['send']>[0];

/** Asks as a principal; the system where none is given. */
function ask(set: Set, id: string, name: string, body: object, by?: readonly [Role, string?]): Promise<CommandOutcome<unknown>> {
  if (by === undefined) {
    const envelope = {
      commandId: systemEntropy.hex(16),
      actor: { role: 'system', id: 'test' },
      correlationId: 'test',
      recordedAt: monday,
    } as const;
    return gateway.send(set, id, name as never, body, monday, envelope);
  }
  const [role, department = null] = by;
  const principal: Principal = { id: `${role}-desk`, kind: 'account', role, department };
  return gateway.ask(set, name as never, body, { id, principal, edition: null, idempotencyKey: null, traceparent: null });
}

const createDepartment = (code: string) => ask(DEPARTMENT_COMMANDS, code, 'create', { code, name: code }, ['administrator']);
const publishRules = (basedOn: number, ...rules: readonly RoutingRule[]) =>
  ask(RULES_COMMANDS, RULES_ID, 'publish', { basedOn, rules }, ['router']);
const publishCalendar = () => ask(CALENDAR_COMMANDS, OFFICE_ID, 'publish', { basedOn: 0, calendar }, ['administrator']);
const propose = (department: string, draft: object = {}) =>
  ask(AGREEMENT_COMMANDS, department, 'propose', { basedOn: 0, terms: { ...terms, ...draft } }, ['administrator']);
const sign = (department: string, by?: readonly [Role, string?]) => ask(AGREEMENT_COMMANDS, department, 'sign', { version: 1 }, by);

const DONE = { outcome: 'done' };
const refused = (code: string) => ({ outcome: 'rejected', code });

describe('where a case goes', () => {
  it('is the department that was named, where there is one', async () => {
    await createDepartment('parks');
    expect(await policies.place('pothole', 'parks', monday)).toMatchObject({ department: 'parks', because: 'reported' });
  });

  it('is what the rules say where the one that was named was never created', async () => {
    await createDepartment('works');
    expect(await publishRules(0, rule('pothole', 'works'))).toMatchObject(DONE);
    expect(await policies.place('pothole', 'atlantis', monday)).toMatchObject({ department: 'works', because: 'rules', rulesVersion: 1 });
  });

  it('is triage where the rules name none, and rules name no department that was never created', async () => {
    expect(await publishRules(0, rule('pothole', 'works'))).toMatchObject(refused('DEPARTMENT_UNKNOWN'));
    expect(await policies.place('pothole', null, monday)).toEqual({ department: null, because: 'fallback', rulesVersion: 0, terms: null });
  });
});

describe('an agreement', () => {
  it('needs a department and a calendar that there are', async () => {
    expect(await propose('parks')).toMatchObject(refused('DEPARTMENT_UNKNOWN'));
    await createDepartment('parks');
    expect(await propose('parks')).toMatchObject(refused('CALENDAR_UNKNOWN'));
    await publishCalendar();
    expect(await propose('parks')).toMatchObject(DONE);
  });

  it('is in force once each side has signed by its own account, with its hours for misroutes', async () => {
    await createDepartment('parks');
    await publishCalendar();
    await propose('parks', { returnWithinHours: 4 });
    expect(await sign('parks', ['department', 'works'])).toMatchObject(refused('DEPARTMENT_OF_OTHERS'));
    expect(await sign('parks', ['administrator'])).toMatchObject(refused('DEPARTMENT_OF_OTHERS'));
    expect(await sign('parks', ['department', 'parks'])).toMatchObject(DONE);
    expect(await policies.agreement('parks', monday)).toBeNull();
    expect(await sign('parks', ['router'])).toMatchObject(DONE);
    expect(await policies.agreement('parks', monday)).toMatchObject({ version: 1, returnWithinHours: 4 });
  });

  it('is signed for both sides at once by the system only', async () => {
    await createDepartment('parks');
    await publishCalendar();
    await propose('parks');
    expect(await sign('parks')).toMatchObject({ ...DONE, events: [{ data: { party: 'department' } }, { data: { party: '311' } }] });
    expect(await policies.agreement('parks', monday)).toMatchObject({ version: 1 });
  });

  it('that leaves out what may be left out is kept as if it said that there is nothing', async () => {
    await createDepartment('parks');
    await publishCalendar();
    const { reviewOn: _reviewOn, ...shorter } = terms;
    await ask(AGREEMENT_COMMANDS, 'parks', 'propose', {
      basedOn: 0,
      terms: { ...shorter, effectiveFrom: '2026-03-02T14:00:00Z', returnWithinHours: null },
    });
    await sign('parks');
    expect(await policies.agreement('parks', monday)).toStrictEqual({ ...terms, effectiveFrom: monday, reviewOn: null, version: 1 });
  });
});

describe('what a department owes for a service', () => {
  const within = (milestone: string, amount: number, service = 'pothole') => ({
    service,
    milestone,
    target: { amount, unit: 'elapsed_hours' },
  });
  const owed = async (...targets: readonly object[]) => {
    await createDepartment('parks');
    await publishCalendar();
    await propose('parks', { targets });
    await sign('parks');
    return policies.terms('parks', 'pothole', monday);
  };

  it('is a clock for each target of it, that of the resolution with warnings', async () => {
    const found = await owed(within('inspect', 9), within('resolve', 24), within('acknowledge', 2), within('start', 4, 'graffiti'));
    expect(found).toMatchObject({
      agreementVersion: 1,
      clock: { milestone: 'resolve', target: { amount: 24 }, warnings: terms.warnings },
      milestones: [
        { milestone: 'inspect', target: { amount: 9 }, warnings: [] },
        { milestone: 'acknowledge', target: { amount: 2 }, warnings: [] },
      ],
    });
  });

  it('may be no resolution, and nothing at all', async () => {
    expect(await owed(within('acknowledge', 2))).toMatchObject({ clock: null, milestones: [{ milestone: 'acknowledge' }] });
    expect(await policies.terms('parks', 'graffiti', monday)).toBeNull();
  });
});

describe('what counts for a case that is heard of late', () => {
  const HOUR = 3_600_000;
  const dueAt = async (at: Instant) => {
    const { terms: placed, department, rulesVersion } = await policies.place('pothole', null, at);
    return [department, rulesVersion, placed?.agreementVersion ?? null, placed?.clock?.calendar.version ?? null];
  };
  const proposeAgain = (basedOn: number, draft: object) =>
    ask(AGREEMENT_COMMANDS, 'parks', 'propose', { basedOn, terms: { ...terms, ...draft } }, ['administrator']);
  const signBoth = async (version: number) => {
    await ask(AGREEMENT_COMMANDS, 'parks', 'sign', { version }, ['department', 'parks']);
    clock.advance(HOUR);
    await ask(AGREEMENT_COMMANDS, 'parks', 'sign', { version }, ['router']);
  };

  it('is what was in force when it was reported: rules, agreement and calendar, whatever was given since', async () => {
    await createDepartment('parks');
    await publishCalendar();
    await publishRules(0, rule('pothole', 'parks'));
    await proposeAgain(0, {});
    await signBoth(1); // in force from an hour after monday on
    clock.advance(HOUR);
    expect(
      await ask(CALENDAR_COMMANDS, OFFICE_ID, 'publish', { basedOn: 1, calendar: { ...calendar, holidays: [] } }, ['administrator']),
    ).toMatchObject(DONE);
    clock.advance(HOUR);
    await proposeAgain(1, { warnings: [] });
    await signBoth(2); // four hours after
    clock.advance(HOUR);
    await createDepartment('works');
    await publishRules(1, rule('pothole', 'works'));
    expect(await dueAt(hours(-1))).toEqual([null, 0, null, null]);
    expect(await dueAt(hours(0.5))).toEqual(['parks', 1, null, null]);
    expect(await dueAt(hours(1))).toEqual(['parks', 1, 1, 1]);
    expect(await dueAt(hours(2))).toEqual(['parks', 1, 1, 2]);
    expect(await dueAt(hours(3.5))).toEqual(['parks', 1, 1, 2]);
    expect(await dueAt(hours(4))).toEqual(['parks', 1, 2, 2]);
    expect(await dueAt(hours(5))).toEqual(['works', 2, null, null]);
  });

  it('is no department that was named before it was created', async () => {
    await publishRules(0);
    clock.advance(HOUR);
    await createDepartment('parks');
    expect(await policies.place('pothole', 'parks', hours(0.5))).toMatchObject({ department: null, because: 'fallback' });
    expect(await policies.place('pothole', 'parks', hours(1))).toMatchObject({ department: 'parks', because: 'reported' });
  });
});

describe('the topic of the work', () => {
  it('is there before the department is, and before anything is agreed with it', async () => {
    await createDepartment('parks');
    await publishCalendar();
    await propose('parks');
    expect(declared).toEqual([workTopic('parks'), workTopic('parks')]);
  });

  it('can not be made while the bus is away: then there is no department either', async () => {
    gateway = await gatewayOver({ ...data.bus, declare: () => Promise.reject(new Unavailable('Not just now')) } as unknown as EventBus);
    await expect(createDepartment('parks')).rejects.toThrow(Unavailable);
    expect(await policies.hasDepartment('parks')).toBe(false);
  });

  it('is not made for what is only asked about', async () => {
    const principal: Principal = { id: 'chief', kind: 'account', role: 'administrator', department: null };
    const call = { id: 'parks', principal, edition: null, idempotencyKey: null, traceparent: null, isPreview: true };
    expect(await gateway.ask(DEPARTMENT_COMMANDS, 'create', { code: 'parks', name: 'Parks' }, call)).toMatchObject({
      outcome: 'preview',
      events: [{ type: 'DepartmentCreated' }],
    });
    expect(declared).toEqual([]);
  });
});
