import type { INestApplicationContext } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { openMemory, systemEntropy } from '@onedoor/adapters';
import type { Collection, UnsealPurpose } from '@onedoor/engine';
import { dayNumberOf, makeReference } from '@onedoor/kernel';
import { categoriesOf, contextViews, PORTS, PortsModule, WorkersModule, type Context, type Ports } from '@onedoor/platform';
import { AlarmLog, ManualClock, toRecord } from '@onedoor/testkit';
import { AUDITED_STREAMS, CONTEXTS } from '../src/contexts.js';
import { contextsOf } from '../src/product/contexts-of.js';

const NOON = '2026-03-02T12:00:00.000Z';
const REFERENCE = makeReference(dayNumberOf('2026-03-02') ?? 0, 7);
const CONTACT = { email: 'resident@riverbend.example' };
const UNDECLARED: Collection = { name: 'residents', version: 1, indexes: [] };
const EVENT = toRecord({ type: 'Happened', at: NOON, data: {} });
const PURPOSES: Readonly<Record<UnsealPurpose, true>> = { present: true, work: true, notify: true, search: true, sign_in: true };

/** The contexts that read what others keep, and what. */
const READERS: Readonly<Record<string, string>> = {
  access: 'look at which departments there are, and at nothing else of others',
  audit: 'read what every context keeps',
  operations: 'read the parked messages of every consumer, and nothing else of others',
};

/**
 * Everything that a context does with personal data; one that is not named does nothing. One that is to do more declares it and is changed
 * here, so that no declaration is widened unseen.
 */
const VAULT_USES: Readonly<Record<string, readonly string[]>> = {
  access: ['seal', 'hash with a key', 'unseal to sign_in', 'unseal a page to sign_in'],
  intake: ['seal', 'hash with a key', 'seal a contact', 'erase', 'unseal to present', 'unseal a page to present'],
  routing: ['seal', 'hash with a key', 'unseal to present', 'unseal to work', 'unseal a page to present', 'unseal a page to work'],
  notifications: ['open a contact to notify', 'open a sealed contact to notify'],
};

const collectionsOf = (context: Context): readonly Collection[] => [
  ...contextViews(context).flatMap(({ collections }) => collections),
  { name: `parked_${context.name}`, version: 1, indexes: [] },
];
const othersOf = (context: Context): readonly Context[] => CONTEXTS.filter((each) => each !== context);

/** The whole product in one process, over data in memory, and the ports as each context's module injects them. */
describe('the ports of a context', () => {
  const data = openMemory();
  const all: Ports = {
    ...data,
    clock: new ManualClock(NOON),
    entropy: systemEntropy,
    alarm: new AlarmLog().alarm,
    dependencies: [],
    jurisdiction: 'riverbend.example',
  };
  let app: INestApplicationContext;
  const portsOf = new Map<string, Ports>();
  const ofContext = (name: string): Ports => portsOf.get(name) ?? fail(name);

  beforeAll(async () => {
    const modules = contextsOf(CONTEXTS, all, { open311Keys: [] });
    class Root {}
    app = await NestFactory.createApplicationContext(
      { module: Root, imports: [PortsModule.of(all), WorkersModule, ...modules] },
      { logger: false, abortOnError: false },
    );
    modules.forEach((module, index) => {
      portsOf.set(CONTEXTS[index]?.name ?? '', app.select(module).get<Ports>(PORTS, { strict: true }));
    });
    const categories = CONTEXTS.flatMap(categoriesOf);
    for (const category of new Set(categories)) await data.store.append(`${category}-${REFERENCE}`, 'no-stream', [EVENT]);
    await data.vault.keepContact(REFERENCE, CONTACT);
  });
  afterAll(async () => {
    await app.close();
    await data.close();
  });

  it('of intake neither read a case nor append to it', () => {
    const { store } = ofContext('intake');
    expect(() => store.read(`case-${REFERENCE}`, 0, 10)).toThrow('intake declared the streams of case');
    expect(() => store.subscribe({ categories: ['case'], after: null, signal: AbortSignal.abort() })).toThrow(
      'intake declared the streams of case',
    );
    expect(() => store.append(`case-${REFERENCE}`, 0, [EVENT])).toThrow('intake declared the streams of case');
  });

  it.each(Object.keys(PURPOSES) as readonly UnsealPurpose[])('of analytics open no contact of a resident to %s', async (purpose) => {
    expect(() => ofContext('analytics').vault.contact(REFERENCE, purpose)).toThrow(
      `analytics declared that it opens contacts to ${purpose}`,
    );
    expect(await all.vault.contact(REFERENCE, purpose)).toEqual(CONTACT);
  });

  it('of routing reach no collection that it did not declare', () => {
    const { readModels } = ofContext('routing');
    const refused = 'routing declared the collection residents';
    expect(() => readModels.get(UNDECLARED, [REFERENCE])).toThrow(refused);
    expect(() => readModels.find(UNDECLARED, { limit: 1 })).toThrow(refused);
    expect(() => readModels.scan(UNDECLARED)).toThrow(refused);
    expect(() => readModels.apply(UNDECLARED, [])).toThrow(refused);
    expect(() => readModels.promote(UNDECLARED, UNDECLARED)).toThrow(refused);
    expect(() => readModels.servedVersion(UNDECLARED.name)).toThrow(refused);
  });

  it.each(AUDITED_STREAMS)('of audit read the streams and documents of $category, and write neither', async ({ category, shownIn }) => {
    const { store, readModels } = ofContext('audit');
    const stream = `${category}-${REFERENCE}`;
    const [event] = await store.read(stream, 0, 10);
    expect(event).toMatchObject({ stream, type: 'Happened' });
    await all.readModels.apply(shownIn, [{ id: REFERENCE, position: event?.position ?? '', body: {} }]);
    expect(await readModels.get(shownIn, [REFERENCE])).toMatchObject([{ id: REFERENCE }]);
    expect(() => store.append(stream, 0, [EVENT])).toThrow(`audit declared the streams of ${category}`);
    expect(() => readModels.apply(shownIn, [])).toThrow(`audit declared the collection ${shownIn.name}`);
  });

  it('of audit append to the log of readings and to that of renewals alone', async () => {
    const { store } = ofContext('audit');
    const categories = [...new Set(CONTEXTS.flatMap(categoriesOf))];
    const writable = await allowed(categories, (category) => store.append(`${category}-written`, 'no-stream', [EVENT]));
    expect(writable).toEqual(['reading', 'log']);
  });

  describe.each(CONTEXTS)('of $name', (context) => {
    const { name } = context;

    it('append to its own streams, and to those of no other context', async () => {
      const { store } = ofContext(name);
      const append = (category: string) => store.append(`${category}-${name}`, 'no-stream', [EVENT]);
      for (const category of categoriesOf(context)) expect(await append(category)).toMatchObject({ outcome: 'appended' });
      const others = othersOf(context).flatMap(categoriesOf);
      expect(await allowed(others, append)).toEqual([]);
    });

    it('put into its own collections, and into those of no other context', async () => {
      const { readModels } = ofContext(name);
      for (const collection of collectionsOf(context)) await readModels.apply(collection, []);
      const others = othersOf(context).flatMap(collectionsOf);
      expect(await allowed(others, (collection) => readModels.apply(collection, []))).toEqual([]);
    });

    it(READERS[name] ?? 'read what no other context keeps', async () => {
      const { store, readModels } = ofContext(name);
      const categories = othersOf(context).flatMap(categoriesOf);
      const collections = othersOf(context).flatMap(collectionsOf);
      const [readable, shown] = [
        await allowed(categories, (category) => store.read(`${category}-${REFERENCE}`, 0, 1)),
        await allowed(collections, (collection) => readModels.get(collection, [REFERENCE])),
      ];
      const parked = collections.filter((collection) => collection.name.startsWith('parked_'));
      const expected = { access: [['department'], []], audit: [categories, collections], operations: [[], parked] }[name] ?? [[], []];
      expect([readable, shown]).toEqual(expected);
    });

    it('do with personal data what is said of it, and no more', async () => {
      const { vault } = ofContext(name);
      const reference = `${REFERENCE}-${name}`;
      const sealed = await all.vault.seal(reference, 'a text');
      const contact = await all.vault.sealContact(reference, CONTACT);
      const purposes = Object.keys(PURPOSES) as readonly UnsealPurpose[];
      const uses: Readonly<Record<string, () => unknown>> = {
        seal: () => vault.seal(reference, 'a text'),
        'hash with a key': () => vault.mac(reference, 'a text'),
        'seal a contact': () => vault.sealContact(reference, CONTACT),
        'keep a contact': () => vault.keepContact(reference, CONTACT),
        erase: () => vault.destroy(reference),
        ...Object.fromEntries(purposes.map((purpose) => [`unseal to ${purpose}`, () => vault.unseal(reference, sealed, purpose)])),
        ...Object.fromEntries(purposes.map((purpose) => [`unseal a page to ${purpose}`, () => vault.unsealAll([], purpose)])),
        ...Object.fromEntries(purposes.map((purpose) => [`open a contact to ${purpose}`, () => vault.contact(reference, purpose)])),
        ...Object.fromEntries(
          purposes.map((purpose) => [`open a sealed contact to ${purpose}`, () => vault.openContact(reference, contact, purpose)]),
        ),
      };
      const passed = await allowed(Object.entries(uses), ([, use]) => use());
      expect(passed.map(([use]) => use)).toEqual(VAULT_USES[name] ?? []);
    });
  });
});

/** Those of the values for which the ports let a call pass. */
async function allowed<Value>(values: readonly Value[], call: (value: Value) => unknown): Promise<readonly Value[]> {
  const passed: Value[] = [];
  for (const value of values) {
    try {
      await call(value);
      passed.push(value);
    } catch (error) {
      if (!(error instanceof Error && error.message.startsWith('Broken guarantee: '))) throw error;
    }
  }
  return passed;
}

function fail(name: string): never {
  throw new Error(`There is no ${name}`);
}
