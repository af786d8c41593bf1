/** Why a department gives a case back to triage: what 311 owes it is the right department and a complete report. */
export const RETURN_REASONS = ['wrong_department', 'outside_jurisdiction', 'incomplete_report', 'already_reported'] as const;

export type ReturnReason = (typeof RETURN_REASONS)[number];

/** Why staff hand a case to another department. */
export const TRANSFER_REASONS = ['wrong_department', 'next_step', 'shared_work', 'agreed_between_departments'] as const;

export type TransferReason = (typeof TRANSFER_REASONS)[number];

/** Why work waits, besides the reasons for which an agreement lets the promise stand still. */
export const WAIT_REASONS = ['weather', 'materials', 'access', 'another_agency', 'permit', 'season'] as const;

/** Why the story of a case goes on after its end. */
export const REOPEN_REASONS = ['not_fixed', 'came_back', 'ended_by_mistake', 'new_information'] as const;
