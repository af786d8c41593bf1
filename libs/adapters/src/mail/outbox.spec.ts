import { mkdirSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { isOutbox, Unavailable, type MailMessage, type Outbox } from '@onedoor/engine';
import { temporaryFolder } from '../../test/temporary-folder.js';
import { openOutbox } from './outbox.js';

const message = (n: number, subject = `Message ${n}`): MailMessage => ({
  id: `9AN03NQK8NE.${n}`,
  to: 'resident@example.org',
  subject,
  text: 'Hola: ¿qué tal?\n',
  language: 'es',
  writtenAt: '2026-03-02T14:00:00.000Z',
});

let place: ReturnType<typeof temporaryFolder>;
let outbox: Outbox;

beforeEach(() => {
  place = temporaryFolder();
  outbox = openOutbox(join(place.folder, 'outbox'));
});

afterEach(() => place.remove());

describe('the outbox', () => {
  it('is empty before anything was written, and known as one', async () => {
    expect(await outbox.latest(10)).toEqual([]);
    expect(await outbox.read('9AN03NQK8NE.1')).toBeNull();
    expect(isOutbox(outbox)).toBe(true);
    expect(isOutbox({ send: async () => ({ outcome: 'accepted' }) })).toBe(false);
  });

  it('gives back what was written, whole', async () => {
    await outbox.send(message(1));
    expect(await outbox.read('9AN03NQK8NE.1')).toEqual(message(1));
    expect(await outbox.latest(10)).toEqual([message(1)]);
  });

  it('lists the latest first, and no more than asked for', async () => {
    for (const n of [1, 2, 3]) await outbox.send(message(n));
    expect((await outbox.latest(2)).map(({ id }) => id)).toEqual(['9AN03NQK8NE.3', '9AN03NQK8NE.2']);
  });

  it('holds one file a message, however often it was sent, and no draft', async () => {
    await Promise.all(Array.from({ length: 10 }, () => outbox.send(message(1))));
    expect(readdirSync(join(place.folder, 'outbox'))).toEqual(['9AN03NQK8NE.1.eml']);
  });

  it.each(['../secret', '..', 'a/b', '.hidden', '', 'a\u0000b', '%2e%2e'])('reads nothing outside its folder: %j', async (id) => {
    mkdirSync(join(place.folder, 'outbox'));
    writeFileSync(join(place.folder, 'secret.eml'), 'Subject: secret\r\n\r\nsecret');
    expect(await outbox.read(id)).toBeNull();
  });

  it('is read by its own account alone', async () => {
    await outbox.send(message(1));
    const folder = join(place.folder, 'outbox');
    expect([folder, join(folder, '9AN03NQK8NE.1.eml')].map((path) => statSync(path).mode & 0o777)).toEqual([0o700, 0o600]);
  });

  it('is unavailable where its folder can not be written', async () => {
    writeFileSync(join(place.folder, 'outbox'), 'a file');
    await expect(outbox.send(message(1))).rejects.toThrow(Unavailable);
  });
});
