import { OPERATOR_HEADERS } from '../src/server-process.js';
import { spawn, type ChildProcess } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { openKafka, openMemory } from '@onedoor/adapters';
import { workTopic } from '@onedoor/contracts';
import { messagesOf } from '@onedoor/testkit';
import fc from 'fast-check';
import { TRIAL_DEPARTMENTS, TRIAL_PAUSE } from '../src/cluster/trial-city.js';
import { cityInOneProcess, type CityInOneProcess } from './stories/one-process.js';
import { People } from './stories/people.js';

const EXAMPLE = join(import.meta.dirname, '../../../docs/examples/department-consumer.mjs');
const CASES = 30;
const STEPS = 150;

/** The last line of the example's output. */
interface Printed {
  readonly messages: number;
  /** The references, each with when its promise and its department's own time are up. */
  readonly queue: readonly (readonly [string, string | null, string | null])[];
}

const BODIES: Readonly<Record<string, object | null>> = {
  accept: null,
  start: null,
  resume: null,
  close: null,
  'accept-return': null,
  assign: { assignee: 'crew-7' },
  revise: { dueAt: '2099-01-01T00:00:00Z', reason: 'weather' },
  excuse: { reason: 'outside_city_control' },
  return: { reason: 'wrong_department' },
  resolve: { outcome: 'fixed' },
  reopen: { reason: 'not_fixed' },
};

describe("a department's own consumer", () => {
  const prefix = `test-${randomUUID()}.`;
  const children: ChildProcess[] = [];
  let city: CityInOneProcess;
  let people: People;

  beforeAll(async () => {
    const memory = openMemory();
    const kafka = await openKafka({
      brokers: (process.env['KAFKA_BROKERS'] ?? '').split(','),
      clientId: 'test',
      replicationFactor: 1,
      topicPrefix: prefix,
      groupPrefix: prefix,
      alarm: (message, details) => process.stderr.write(`${message} ${JSON.stringify(details)}\n`),
    });
    const close = (): Promise<void> => kafka.close().then(() => memory.close());
    city = await cityInOneProcess(() => Promise.resolve({ ...memory, bus: kafka.bus, close }));
    people = new People(city);
  }, 60_000);
  afterAll(async () => {
    for (const child of children) child.kill();
    await city.close();
  }, 60_000);

  /** Runs the example as a department would; returns a function that returns its last output. */
  function follow(department: string): () => Printed {
    const child = spawn(process.execPath, [EXAMPLE, `${prefix}${workTopic(department)}`, `${prefix}${department}.${children.length}`], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    children.push(child);
    let printed: Printed = { messages: 0, queue: [] };
    createInterface({ input: child.stdout }).on('line', (line) => (printed = JSON.parse(line) as Printed));
    return () => printed;
  }

  /** Executes one of the actions that a case allows. */
  async function step(reference: string, choice: number, target: number): Promise<string> {
    const answer = await fetch(city.urlOf(`/api/v1/cases/${reference}`), { headers: { authorization: city.bearers('router') } });
    const { next, department } = (await answer.json()) as { readonly next: readonly string[]; readonly department: string | null };
    const action = next[choice % next.length] ?? '';
    const others = TRIAL_DEPARTMENTS.filter((code) => code !== department);
    const bodies: typeof BODIES = {
      ...BODIES,
      transfer: { department: others[target % others.length], reason: 'next_step' },
      // What stops clocks is named by the agreement of a department.
      wait: { reason: department === null ? 'weather' : TRIAL_PAUSE, expectedUntil: '2099-01-01T00:00:00Z' },
    };
    await people.act('router', reference, action, bodies[action] ?? null);
    return action;
  }

  async function reportAll(): Promise<readonly string[]> {
    const references = await Promise.all(
      Array.from({ length: CASES }, (_, index) => people.report(TRIAL_DEPARTMENTS[index % TRIAL_DEPARTMENTS.length] ?? 'parks', null)),
    );
    for (const reference of references) await people.sees('router', reference, ({ status }) => status === 'queued');
    return references;
  }

  /** Resolves when all workers have caught up, so that every event is on its topic and in the queues. */
  const settled = (): Promise<boolean> =>
    people.waitFor('all workers have caught up', async () => {
      const { workers } = (await (await fetch(city.urlOf('/readyz'), { headers: OPERATOR_HEADERS })).json()) as {
        readonly workers: readonly { readonly lagSeconds: number | null }[];
      };
      return workers.every(({ lagSeconds }) => lagSeconds === null || lagSeconds === 0) ? true : null;
    });

  async function expectQueues(printed: ReadonlyMap<string, () => Printed>): Promise<void> {
    await settled();
    for (const [department, latest] of printed) {
      const { length } = await messagesOf(city.ports.bus, [workTopic(department)], `count-${randomUUID()}`);
      await people.waitFor(`${department} has seen ${length} messages`, async () => (latest().messages >= length ? true : null));
      const queue = await people.queue('router', `/api/v1/departments/${department}/queue?limit=200`);
      const dates = queue.map(({ reference, dueAt, legDueAt }) => [reference, dueAt, legDueAt]);
      expect([department, latest().messages, latest().queue]).toEqual([department, length, dates.sort()]);
    }
  }

  it('ends with exactly its queue, after random commands and repeated old messages', async () => {
    const live = new Map(TRIAL_DEPARTMENTS.map((department) => [department as string, follow(department)]));
    const references = await reportAll();
    const choices = fc.array(fc.tuple(fc.nat(CASES - 1), fc.nat(1_000), fc.nat(1)), { minLength: STEPS, maxLength: STEPS });
    const done = new Set<string>();
    await fc.assert(
      fc.asyncProperty(choices, async (steps) => {
        for (const [which, choice, target] of steps) done.add(await step(references[which] ?? '', choice, target));
        await expectQueues(live);
      }),
      { numRuns: 1, endOnFailure: true },
    );
    expect([...done]).toEqual(expect.arrayContaining(['transfer', 'return', 'wait', 'resume', 'revise', 'resolve', 'reopen']));

    // A relay whose checkpoint was set back publishes old messages again.
    for (const department of TRIAL_DEPARTMENTS) {
      const published = await messagesOf(city.ports.bus, [workTopic(department)], `again-${randomUUID()}`);
      await city.ports.bus.publish(published.slice(0, published.length / 2));
    }
    const late = new Map(TRIAL_DEPARTMENTS.map((department) => [department as string, follow(department)]));
    await expectQueues(new Map([...live, ...late]));
    await expectQueues(late);
  }, 240_000);
});
