import { openMemory, type MemoryData } from '@onedoor/adapters';
import { Unavailable, type EventStore } from '@onedoor/engine';
import { DAY_MS, instantOf, MINUTE_MS, msOf } from '@onedoor/kernel';
import { ManualClock } from '@onedoor/testkit';
import { announce, monday, open } from '../../test/correspondence.fixtures.js';
import { CourierHarness, referenceOf } from '../../test/courier-harness.js';
import { ScriptedMailer } from '../../test/scripted-mailer.js';

const EMAIL = 'canary.resident@example.org';
const contact = { email: EMAIL, firstName: 'Canary', phone: '555-0100' };

let data: MemoryData;
let clock: ManualClock;
let mailer: ScriptedMailer;
let harness: CourierHarness;

beforeEach(async () => {
  data = openMemory();
  clock = new ManualClock(monday);
  mailer = new ScriptedMailer();
  harness = await CourierHarness.open(data, clock, mailer);
});

afterEach(() => harness.app.close());

const promise = (minutes: number) =>
  announce({ at: instantOf(msOf(monday) + minutes), news: { kind: 'promised', round: 1, dueAt: '2026-03-05T14:00:00.000Z' } });
const reopening = (minutes: number) => announce({ at: instantOf(msOf(monday) + minutes), news: { kind: 'reopened', round: 2 } });
const moveTo = (dueAt: string, minutes: number) =>
  announce({ at: instantOf(msOf(monday) + minutes * MINUTE_MS), news: { kind: 'promise_moved', round: 1, dueAt } });
const inMinutes = (count: number): string => instantOf(msOf(clock.now()) + count * MINUTE_MS);

/** Waits until it is so; fails where it does not come to be so. */
async function until(isSo: () => boolean): Promise<void> {
  for (let turn = 0; turn < 10_000; turn++) {
    if (isSo()) return;
    await new Promise((resolve) => setImmediate(resolve));
  }
  throw new Error('It never came to be so');
}

describe('the courier', () => {
  it('takes what is new to the mailer, and writes down that it did', async () => {
    const reference = await harness.report(1, contact);
    await harness.deliver();
    expect(mailer.received).toMatchObject([
      { id: `${reference}.1`, to: EMAIL, language: 'en', writtenAt: monday, subject: expect.stringContaining('We received your request') },
    ]);
    expect(await harness.ledger(reference)).toMatchObject([
      { n: 1, kind: 'submitted', state: 'sent', attempts: 1, endedAt: monday, reason: null },
    ]);
    await harness.deliver();
    expect(mailer.asked).toBe(1);
  });

  it('keeps the order of what one resident is told', async () => {
    const reference = await harness.report(1, contact, promise(1), reopening(2));
    await harness.deliverFor(5);
    expect(mailer.ids).toEqual([`${reference}.1`, `${reference}.2`, `${reference}.3`]);
  });

  it('tells of a date that moves, and moves again, by one message a quarter of an hour after the first move', async () => {
    const reference = await harness.report(1, contact, promise(0));
    await harness.deliverFor(2);
    await harness.run(reference, moveTo('2026-03-06T14:00:00.000Z', 2), moveTo('2026-03-09T14:00:00.000Z', 9));
    clock.advance(12 * MINUTE_MS);
    await harness.deliverFor(1);
    expect(mailer.ids).toEqual([`${reference}.1`, `${reference}.2`]);
    clock.advance(5 * MINUTE_MS);
    await harness.deliverFor(1);
    expect(mailer.ids).toEqual([`${reference}.1`, `${reference}.2`, `${reference}.3`]);
    expect(mailer.received.at(-1)).toMatchObject({
      text: expect.stringContaining('It will now be done by Monday, March 9, 2026 at 10:00 AM EDT.'),
    });
  });

  it('sends nothing where there is no address, and nothing after an erasure', async () => {
    const phoneOnly = await harness.report(1, { phone: '555-0100' });
    const erased = await harness.report(2, contact);
    await data.vault.destroy(erased);
    await harness.deliver();
    expect(mailer.asked).toBe(0);
    expect(await harness.ledger(phoneOnly)).toMatchObject([{ state: 'suppressed', reason: 'no_address' }]);
    expect(await harness.ledger(erased)).toMatchObject([{ state: 'suppressed', reason: 'erased' }]);
  });

  it('reaches a reporter whose contact an older release kept in the vault', async () => {
    const reference = referenceOf(3);
    await data.vault.keepContact(reference, { ...contact, email: ` ${EMAIL}` });
    await harness.run(reference, open({ at: clock.now(), contact: null }));
    await harness.deliver();
    expect(mailer.received).toMatchObject([{ to: EMAIL }]);
  });

  it('reads the contact that the event names, whatever the vault holds beside it', async () => {
    const reference = await harness.report(4, contact);
    await data.vault.keepContact(reference, { email: 'another@example.org' });
    await harness.deliver();
    expect(mailer.received.map(({ to }) => to)).toEqual([EMAIL]);
  });

  it('sends nothing that is outdated, such as what was imported', async () => {
    const reference = await harness.report(1, contact, promise(1));
    clock.advance(8 * DAY_MS);
    await harness.deliverFor(5);
    expect(mailer.asked).toBe(0);
    expect(await harness.ledger(reference)).toMatchObject([
      { state: 'suppressed', reason: 'outdated' },
      { state: 'suppressed', reason: 'outdated' },
    ]);
  });

  it('follows live, a look a second, and ends when it is stopped', async () => {
    const stopping = new AbortController();
    const running = harness.courier.run({ signal: stopping.signal });
    await clock.untilWaitedFor();
    await harness.report(1, contact);
    clock.advance(1_000);
    await until(() => mailer.received.length === 1);
    stopping.abort();
    await running;
  });
});

describe('a process that is stopped', () => {
  it('begins nothing new, and waits five seconds for what is under way', async () => {
    mailer.answer = () => new Promise(() => undefined);
    for (let number = 0; number < 10; number++) await harness.report(number, contact);
    const stopping = new AbortController();
    const running = harness.courier.run({ signal: stopping.signal });
    await until(() => mailer.asked === 5);
    stopping.abort();
    await clock.untilWaitedFor();
    expect(clock.waitsMs).toEqual([5_000]);
    clock.advance(5_000);
    await running;
    expect(mailer.asked).toBe(5);
  });
});

describe('a mail server that puts a message off or refuses it', () => {
  it('is asked again after a while, and not before', async () => {
    mailer.answer = () => ({ outcome: 'deferred', code: 'SMTP_450' });
    const reference = await harness.report(1, contact);
    await harness.deliver();
    expect(await harness.ledger(reference)).toMatchObject([
      { state: 'requested', attempts: 1, nextAttemptAt: inMinutes(1), reason: 'SMTP_450' },
    ]);
    mailer.answer = () => null;
    clock.advance(MINUTE_MS - 1);
    await harness.deliver();
    expect(mailer.asked).toBe(1);
    clock.advance(1);
    await harness.deliver();
    expect(await harness.ledger(reference)).toMatchObject([{ state: 'sent', attempts: 2 }]);
  });

  it('holds up what comes after it about this request, and no other request', async () => {
    mailer.answer = ({ id }) => (id.endsWith('.1') && id.startsWith(first) ? { outcome: 'deferred', code: 'SMTP_450' } : null);
    const first = await harness.report(1, contact, promise(1));
    const second = await harness.report(2, contact, promise(1));
    await harness.deliverFor(5);
    expect(mailer.ids).toEqual([`${second}.1`, `${second}.2`]);
  });

  it('is not asked again after a refusal, which is no alarm, and the next message has its turn', async () => {
    mailer.answer = ({ id }) => (id.endsWith('.1') ? { outcome: 'refused', code: 'SMTP_550' } : null);
    const reference = await harness.report(1, contact, promise(1));
    await harness.deliverFor(5);
    expect(mailer.asked).toBe(2);
    expect(await harness.ledger(reference)).toMatchObject([{ state: 'failed', reason: 'SMTP_550', attempts: 1 }, { state: 'sent' }]);
    expect(harness.alarms.entries).toEqual([]);
  });

  it('that breaks uses up the attempts of one message only, and is not quoted', async () => {
    mailer.answer = ({ to }) => Promise.reject(new TypeError(`${to} makes no sense`));
    const reference = await harness.report(1, contact);
    await harness.deliver();
    expect(await harness.ledger(reference)).toMatchObject([{ state: 'requested', reason: 'MAILER_FAILED' }]);
    expect(harness.alarms.entries).toEqual([{ message: 'mailer failed', details: { message: `${reference}.1`, reason: 'TypeError' } }]);
  });
});

describe('a mail server that is down', () => {
  const REPORTS = 100;

  it('is asked now and then, uses up no attempts, and gets everything once it is back', async () => {
    mailer.isDown = true;
    for (let number = 0; number < REPORTS; number++) await harness.report(number, contact);
    await harness.deliverFor(120);
    // Five were under way when it was found out; after that one at a time, at 1, 3, 7, 15, 31 and 63 seconds.
    expect(mailer.asked).toBe(5 + 6);
    expect(harness.alarms.messages.every((message) => message === 'mail server out of reach')).toBe(true);

    mailer.isDown = false;
    await harness.deliverFor(300);
    expect(mailer.received).toHaveLength(REPORTS);
    expect(new Set(mailer.ids).size).toBe(REPORTS);
    const pages = await Promise.all(mailer.ids.map((id) => harness.ledger(id.slice(0, -2))));
    expect(pages.flat().filter(({ state }) => state !== 'sent')).toEqual([]);
  });

  it('for a whole day loses nothing either', async () => {
    mailer.isDown = true;
    const reference = await harness.report(1, contact);
    for (let minute = 0; minute < 24 * 60; minute += 5) {
      await harness.deliver();
      clock.advance(5 * MINUTE_MS);
    }
    expect(mailer.asked).toBeGreaterThan(10);
    mailer.isDown = false;
    clock.advance(15 * MINUTE_MS);
    await harness.deliver();
    expect(await harness.ledger(reference)).toMatchObject([{ state: 'sent' }]);
  });
});

describe('a mail server that is slow', () => {
  it('holds up only the message it is slow about, which is not begun twice', async () => {
    const answer = Promise.withResolvers<null>();
    const slow = await harness.report(1, contact);
    mailer.answer = ({ id }) => (id.startsWith(slow) ? answer.promise.then(() => ({ outcome: 'accepted' })) : null);
    for (let number = 2; number < 12; number++) await harness.report(number, contact);
    const ticker = harness.courier.ticker();
    for (let second = 0; second < 3; second++) {
      await ticker.tick(new AbortController().signal);
      clock.advance(1_000);
    }
    await until(() => mailer.received.length === 10);
    expect(mailer.asked).toBe(11);
    answer.resolve(null);
    await harness.courier.idle();
    await harness.project();
    expect(await harness.ledger(slow)).toMatchObject([{ state: 'sent', attempts: 1 }]);
  });

  it('is never handed more than five messages at once', async () => {
    let atOnce = 0;
    let most = 0;
    mailer.answer = async () => {
      most = Math.max(most, ++atOnce);
      await new Promise((resolve) => setImmediate(resolve));
      atOnce -= 1;
      return { outcome: 'accepted' };
    };
    for (let number = 0; number < 30; number++) await harness.report(number, contact);
    await harness.deliver();
    expect(mailer.received).toHaveLength(30);
    expect(most).toBe(5);
  });
});

describe('a process that ends between sending and writing it down', () => {
  it('leads to one more attempt, under the same id, once its claim has expired', async () => {
    const { store } = data;
    const failing: EventStore = {
      read: (stream, from, limit) => store.read(stream, from, limit),
      subscribe: (options) => store.subscribe(options),
      head: () => store.head(),
      append: async (stream, expected, events) => {
        if (events.some(({ type }) => type === 'NotificationSent')) throw new Unavailable('The log is gone');
        return store.append(stream, expected, events);
      },
    };
    const crashing = await CourierHarness.open(data, clock, mailer, failing);
    const reference = await crashing.report(1, contact);
    await crashing.deliver();
    await crashing.app.close();
    expect(mailer.ids).toEqual([`${reference}.1`]);

    clock.advance(5 * MINUTE_MS - 1);
    await harness.deliver();
    expect(mailer.ids).toEqual([`${reference}.1`]);
    clock.advance(1);
    await harness.deliver();
    await harness.deliver();
    expect(mailer.ids).toEqual([`${reference}.1`, `${reference}.1`]);
    expect(await harness.ledger(reference)).toMatchObject([{ state: 'sent', attempts: 2 }]);
  });
});

describe('two processes at once', () => {
  it('send each message once', async () => {
    const other = await CourierHarness.open(data, clock, mailer);
    for (let number = 0; number < 40; number++) await harness.report(number, contact);
    const walk = (each: CourierHarness): Promise<unknown> =>
      each.courier
        .ticker()
        .tick(new AbortController().signal)
        .then(() => each.courier.idle());
    await Promise.all([walk(harness), walk(other)]);
    expect(mailer.received).toHaveLength(40);
    expect(new Set(mailer.ids).size).toBe(40);
    await other.app.close();
  });
});

describe('who a resident is', () => {
  it('is in no event, no read model and no alarm', async () => {
    mailer.answer = ({ id }) => ({ outcome: id.endsWith('.1') ? 'refused' : 'deferred', code: 'SMTP_550' });
    const reference = await harness.report(1, contact, promise(1));
    await harness.deliverFor(3);
    mailer.isDown = true;
    clock.advance(MINUTE_MS);
    await harness.deliverFor(3);
    const events = await data.store.read(`notification-${reference}`, 0, 100);
    expect(events.length).toBeGreaterThan(6);
    const everything = JSON.stringify([events, await harness.ledger(reference), harness.alarms.entries]);
    for (const personal of [EMAIL, 'Canary', '555-0100']) expect(everything).not.toContain(personal);
  });
});
