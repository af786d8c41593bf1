/** Words that more than one context speaks, in events, over HTTP and on screens: each list stands here, and nowhere else. */

/** How a report came in. Kept with the request for good: figures compare channels. */
export const CHANNELS = ['open311', 'web', 'phone', 'email', 'sms', 'social', 'walk_in', 'employee', 'integration'] as const;
export type Channel = (typeof CHANNELS)[number];

/** The languages in which residents are told things, complete in each. The first is used where none was asked for. */
export const LANGUAGES = ['en', 'es'] as const;
export type Language = (typeof LANGUAGES)[number];

/** Who may learn that a request exists: everyone, its reporter and the city, or its category's own staff. */
export const VISIBILITIES = ['public', 'private', 'confidential'] as const;
export type Visibility = (typeof VISIBILITIES)[number];

/** Where a case stands. `triage` means that no department has it yet. */
export const CASE_STATUSES = ['triage', 'queued', 'assigned', 'in_progress', 'waiting', 'resolved', 'closed'] as const;
export type CaseStatus = (typeof CASE_STATUSES)[number];

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

/** Why the city will not do what was asked for. */
export const DECLINE_REASONS = ['not_allowed', 'private_property', 'below_threshold', 'no_funds', 'not_a_service'] as const;
export type DeclineReason = (typeof DECLINE_REASONS)[number];

/** Why a department gives a case back to triage: what 311 owes it is the right department and a complete report. */
export const RETURN_REASONS = ['wrong_department', 'outside_jurisdiction', 'incomplete_report', 'already_reported'] as const;
export type ReturnReason = (typeof RETURN_REASONS)[number];

/** Why staff hand a case to another department. */
export const TRANSFER_REASONS = ['wrong_department', 'next_step', 'shared_work', 'agreed_between_departments'] as const;
export type TransferReason = (typeof TRANSFER_REASONS)[number];

/** Why work waits, in every department and in triage: besides the reasons that an agreement names, for which clocks may stand still. */
export const WAIT_REASONS = ['resident', 'weather', 'materials', 'access', 'another_agency', 'permit', 'season'] as const;

/** Why residents are told another date than the one that was promised. */
export const REVISE_REASONS = ['more_work_than_expected', 'other_work_first', 'weather', 'materials', 'staff', 'another_agency'] as const;
export type ReviseReason = (typeof REVISE_REASONS)[number];

/** Why a breach is not to be held against anyone. It stays a breach. */
export const EXCUSE_REASONS = ['outside_city_control', 'wrong_report', 'other_agency', 'wrong_record'] as const;
export type ExcuseReason = (typeof EXCUSE_REASONS)[number];

/** Why the story of a case goes on after its end. */
export const REOPEN_REASONS = ['not_fixed', 'came_back', 'ended_by_mistake', 'new_information'] as const;
export type ReopenReason = (typeof REOPEN_REASONS)[number];
