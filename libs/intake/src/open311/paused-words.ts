import { waitsForReporter, wordsOfReason } from '@onedoor/contracts';

/** Why no date is shown while a promise stands still: for whom or for what the city waits. */
export const pausedWords = (reason: string): string =>
  waitsForReporter(reason) ? 'paused: waiting for you' : `paused: ${wordsOfReason(reason).join(' ')}`;
