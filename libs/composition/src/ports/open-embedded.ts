import { lockDataFolder, openMailer, openSqlite, OffsetClock, systemEntropy } from '@onedoor/adapters';
import type { Alarm, Clock } from '@onedoor/engine';
import type { Ports } from '@onedoor/platform';
import type { OpenedPorts } from './opened-ports.js';

export interface EmbeddedOptions {
  readonly folder: string;
  readonly alarm: Alarm;
  readonly jurisdiction: string;
  readonly clock?: Clock;
  /** The mail server, and as whom it is used; without it, messages stay in the folder `outbox`. */
  readonly mail?: { readonly url: string; readonly from: string };
  /** Called when the log can't be written any more: the process must end rather than pretend. */
  readonly onFailure: (error: Error) => void;
}

/** The embedded profile: every port on SQLite, in one data folder that belongs to this process alone. */
export async function openEmbedded({ folder, alarm, jurisdiction, clock, mail, onFailure }: EmbeddedOptions): Promise<OpenedPorts> {
  const lock = lockDataFolder(folder);
  try {
    const data = await openSqlite(folder, { alarm });
    data.onFailure(onFailure);
    const { store, bus, readModels, checkpoints, vault, incarnation } = data;
    const mailing = openMailer({ url: '', from: '311@city.example', ...mail, folder });
    const ports: Ports = {
      store,
      bus,
      readModels,
      checkpoints,
      vault,
      mailer: mailing.mailer,
      clock: clock ?? new OffsetClock(0),
      entropy: systemEntropy,
      alarm,
      dependencies: data.dependencies,
      jurisdiction,
    };
    return {
      ports,
      incarnation,
      async close() {
        await mailing.close();
        await data.close();
        lock.release();
      },
    };
  } catch (error) {
    lock.release();
    throw error;
  }
}
