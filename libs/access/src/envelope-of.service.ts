import type { Envelope } from '@onedoor/engine';
import type { Actor } from '@onedoor/kernel';
import type { Ports } from '@onedoor/platform';

const COMMAND_ID_BYTES = 16;

/** The envelope of a command that somebody gives now. Ids come from the client, so that a retry finds what is already so. */
export const envelopeOf = (stream: string, actor: Actor, { clock, entropy }: Pick<Ports, 'clock' | 'entropy'>): Envelope => ({
  commandId: entropy.hex(COMMAND_ID_BYTES),
  actor,
  correlationId: stream,
  recordedAt: clock.now(),
});
