import { OffsetClock } from '@onedoor/adapters';
import type { Alarm } from '@onedoor/engine';
import type { Config } from '@onedoor/platform';
import { openEmbedded } from './open-embedded.js';
import type { OpenedPorts, Purpose } from './opened-ports.js';

export interface OpenPortsOptions {
  readonly config: Config;
  /** Who asks, as the engines see it. */
  readonly client: string;
  /** Written into the metadata of every event; as the settings say when absent. */
  readonly jurisdiction?: string;
  readonly alarm: Alarm;
  /** What shared engines are opened for; `write` when absent. */
  readonly purpose?: Purpose;
  /** Called when nothing can be written any more: the process must end rather than pretend. */
  readonly onFailure: (error: Error) => void;
}

/**
 * The ports of the profile that the settings name; nothing above them depends on which it is. Throws `Misconfigured`, before anything
 * was written, where views or checkpoints on shared engines are of another log than the one at hand.
 */
export async function openPorts({
  config,
  client,
  jurisdiction = config.ONEDOOR_JURISDICTION,
  alarm,
  purpose = 'write',
  onFailure,
}: OpenPortsOptions): Promise<OpenedPorts> {
  const clock = new OffsetClock(config.ONEDOOR_CLOCK_OFFSET_SECONDS * 1_000);
  if (config.ONEDOOR_PROFILE === 'distributed') {
    const { openDistributed } = await import('./open-distributed.js');
    return openDistributed({ config, client, alarm, clock, jurisdiction, purpose });
  }
  return openEmbedded({
    folder: config.ONEDOOR_DATA,
    alarm,
    clock,
    jurisdiction,
    mail: { url: config.SMTP_URL, from: config.ONEDOOR_MAIL_FROM },
    onFailure,
  });
}
