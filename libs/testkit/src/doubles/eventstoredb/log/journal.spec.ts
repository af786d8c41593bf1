import { randomUUID } from 'node:crypto';
import { appendFileSync, mkdtempSync, readFileSync, rmSync, truncateSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DoubleLog } from './log.js';
import { openLog } from './open-log.js';

describe('the log in a file', () => {
  let folder: string;
  let file: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'journal-'));
    file = join(folder, 'log');
  });
  afterEach(() => rmSync(folder, { recursive: true }));
  const event = (data: object = {}) => ({
    id: randomUUID(),
    type: 'Noted',
    contentType: 'application/json',
    data: Buffer.from(JSON.stringify(data)),
    metadata: Buffer.from([0, 255]),
  });
  const reopened = (use: (log: DoubleLog) => void): void => {
    const { log, close } = openLog({ file, accounts: true });
    use(log);
    close();
  };
  const encoded = (log: DoubleLog) => Array.from({ length: log.length }, (_none, index) => log.at(index)?.encoded.toString('hex'));

  it('is the same when it is opened again, deletions, metadata, scavenges and restores included', () => {
    let before: readonly unknown[] = [];
    reopened((log) => {
      for (let index = 0; index < 5; index++) log.append('note-1', index - 1 < 0 ? 'no_stream' : index - 1, [event({ index })]);
      log.append('note-2', 'no_stream', [event(), event()]);
      log.softDelete('note-2', 'any');
      log.scavenge('note-2');
      log.tombstone('note-3', 'any');
      log.append('$$note-1', 'any', [{ ...event({ $tb: 2 }), type: '$metadata' }]);
      log.append('note-4', 'any', [event()]);
      log.rewind(1);
      before = encoded(log);
    });
    reopened((log) => {
      expect(encoded(log)).toEqual(before);
      expect(log.eventsOf('note-1')).toHaveLength(3);
      expect(log.eventsOf('note-2')).toBeNull();
      expect([...Array(log.length).keys()].filter((index) => log.at(index)?.isScavenged)).toHaveLength(1);
      expect(log.isTombstoned('note-3')).toBe(true);
      expect(log.eventsOf('note-4')).toBeNull();
      expect(log.append('note-2', 1, [event()])).toMatchObject({ kind: 'written', revision: 2 });
      expect(log.eventsOf('$user-admin')).toHaveLength(1);
    });
  });

  it('drops an incomplete last record, and appends after the last complete one', () => {
    reopened((log) => log.append('note-1', 'no_stream', [event(), event()]));
    const { length } = readFileSync(file);
    reopened((log) => log.append('note-1', 1, [event(), event()]));
    for (const cut of [readFileSync(file).length - 1, length + 6, length + 3]) {
      truncateSync(file, cut);
      reopened((log) => {
        expect(log.eventsOf('note-1')).toHaveLength(2);
        log.append('note-1', 1, [event(), event()]);
      });
      reopened((log) => expect(log.eventsOf('note-1')).toHaveLength(4));
      truncateSync(file, length);
      reopened((log) => log.append('note-1', 1, [event(), event()]));
    }
    appendFileSync(file, Buffer.from([1]));
    reopened((log) => expect(log.eventsOf('note-1')).toHaveLength(4));
  });
});
