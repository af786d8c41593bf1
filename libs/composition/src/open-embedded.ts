import { lockDataFolder, openSqlite, OffsetClock, systemEntropy } from '@onedoor/adapters';
import type { Alarm, Clock } from '@onedoor/engine';
import type { Ports } from '@onedoor/platform';

export interface EmbeddedOptions {
  readonly folder: string;
  readonly alarm: Alarm;
  readonly jurisdiction: string;
  readonly clock?: Clock;
  /** Called when the log can't be written any more: the process must end rather than pretend. */
  readonly onFailure: (error: Error) => void;
}

export interface OpenPorts {
  readonly ports: Ports;
  readonly incarnation: string;
  close(): Promise<void>;
}

/** The embedded profile: every port on SQLite, in one data folder that belongs to this process alone. */
export async function openEmbedded({ folder, alarm, jurisdiction, clock, onFailure }: EmbeddedOptions): Promise<OpenPorts> {
  const lock = lockDataFolder(folder);
  try {
    const data = await openSqlite(folder);
    data.onFailure(onFailure);
    const { store, bus, readModels, checkpoints, vault, incarnation } = data;
    const ports: Ports = {
      store,
      bus,
      readModels,
      checkpoints,
      vault,
      clock: clock ?? new OffsetClock(0),
      entropy: systemEntropy,
      alarm,
      jurisdiction,
    };
    return {
      ports,
      incarnation,
      async close() {
        await data.close();
        lock.release();
      },
    };
  } catch (error) {
    lock.release();
    throw error;
  }
}
