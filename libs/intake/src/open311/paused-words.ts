/** Words by which a reason names whom a report came from. Reasons are codes of the agreements' own. */
const REPORTER = new Set(['resident', 'reporter', 'requester', 'caller', 'customer', 'citizen', 'you']);

/** Why no date is shown while a promise stands still: for whom or for what the city waits. */
export function pausedWords(reason: string): string {
  const words = reason.split(/[^\p{L}\p{N}]+/u).filter((word) => word !== '');
  return words.some((word) => REPORTER.has(word.toLowerCase())) ? 'paused: waiting for you' : `paused: ${words.join(' ')}`;
}
