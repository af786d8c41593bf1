import { lockDataFolder, openForRenewal } from '@onedoor/adapters';
import { LOG_RENEWALS, LOG_RENEWALS_ID } from '@onedoor/audit';
import { Executor, type Clock } from '@onedoor/engine';
import type { Actor } from '@onedoor/kernel';

export interface RenewedLog {
  readonly former: string;
  /** What every position of the log begins with from now on. */
  readonly incarnation: string;
  /** Acknowledged events that the log lacks, as far as its folder knows. */
  readonly lost: number;
}

export interface RenewEmbeddedOptions {
  readonly folder: string;
  readonly clock: Clock;
  readonly actor: Actor;
  readonly jurisdiction: string;
}

/**
 * Makes all positions of the log in a folder void: after it was restored, or to go on without events that it lacks. That is recorded in the
 * log itself, in one transaction with its new name. Views are made anew at the next start, and a follower with an old position begins anew.
 * Throws `DataFolderInUse`, and `DamagedLog` where what is left of the log is not what was written.
 */
export async function renewEmbedded({ folder, clock, actor, jurisdiction }: RenewEmbeddedOptions): Promise<RenewedLog> {
  const lock = lockDataFolder(folder);
  try {
    const { former, renewed, lost, store, close } = await openForRenewal(folder);
    try {
      const now = clock.now();
      const command = { type: 'RecordRenewal', at: now, former, incarnation: renewed, lost } as const;
      const commandId = `renew-${renewed}`;
      await new Executor(store, jurisdiction).execute(LOG_RENEWALS, LOG_RENEWALS_ID, command, {
        commandId,
        actor,
        correlationId: commandId,
        recordedAt: now,
      });
      return { former, incarnation: renewed, lost };
    } finally {
      await close();
    }
  } finally {
    lock.release();
  }
}
