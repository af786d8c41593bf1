/** How a case ended, as a code; free text is beside it, never instead. */
export const OUTCOMES = [
  'fixed',
  'scheduled',
  'no_violation',
  'violation_found',
  'answered',
  'duplicate',
  'invalid',
  'no_access',
  'referred',
  'declined',
  'withdrawn',
] as const;

export type Outcome = (typeof OUTCOMES)[number];
