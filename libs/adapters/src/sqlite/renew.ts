import type { EventStore } from '@onedoor/engine';
import { checkSound, lostEvents } from './damage/check-at-start.js';
import { DiskHealth } from './disk-health.js';
import { filesOf } from './files.js';
import { appendAskOf, charactersOf, SqliteEventStore } from './log/event-store.js';
import { newIncarnation } from './log/tables.js';
import { openLog } from './open.js';
import { ReadConnection } from './read-connection.js';
import { positionOf } from '../shared/numbered-log.js';

/** A log that is about to be called otherwise. */
export interface SqliteRenewal {
  readonly former: string;
  readonly renewed: string;
  /** Acknowledged events that it lacks, as far as its folder knows. */
  readonly lost: number;
  /** Its one append is the renewal: what was appended is there exactly if the log is called by its new name. */
  readonly store: EventStore;
  close(): Promise<void>;
}

/**
 * Opens the log of a folder to make all its positions so far void: after a restore, or to go on without events that were lost. Only the
 * holder of the folder's lock may. Views are made anew at the next start, for they are of the former name. Throws `DamagedLog` where what
 * is left is not what was written.
 */
export async function openForRenewal(folder: string): Promise<SqliteRenewal> {
  const files = filesOf(folder);
  checkSound(files);
  const lost = lostEvents(files);
  const { writer, opened } = await openLog(
    files,
    new DiskHealth(
      () => undefined,
      () => undefined,
    ),
    false,
  );
  const reader = new ReadConnection(files.log);
  const store = new SqliteEventStore(reader, opened, writer);
  const renewed = newIncarnation();
  return {
    former: opened.incarnation,
    renewed,
    lost,
    store: {
      read: (stream, from, limit) => store.read(stream, from, limit),
      subscribe: (options) => store.subscribe(options),
      head: () => store.head(),
      append: (stream, expected, events) => {
        const append = appendAskOf(stream, expected, events);
        return writer.ask('renew', { incarnation: renewed, append }, charactersOf(append), (answer) =>
          answer.outcome === 'conflict' ? answer : { ...answer, position: positionOf(renewed, answer.place) },
        );
      },
    },
    close: async () => {
      store.close();
      await writer.finish();
      reader.close();
      await writer.close();
    },
  };
}
