/** Words by which a reason names whom a report came from. Reasons are codes of the agreements' own. */
const REPORTER = new Set(['resident', 'reporter', 'requester', 'caller', 'customer', 'citizen', 'you']);

/** The words of a reason's code: letters and digits, without what separates them. */
export const wordsOfReason = (reason: string): readonly string[] => reason.split(/[^\p{L}\p{N}]+/u).filter((word) => word !== '');

/** Whether a case that waits for this reason waits for its reporter. */
export const waitsForReporter = (reason: string): boolean => wordsOfReason(reason).some((word) => REPORTER.has(word.toLowerCase()));
