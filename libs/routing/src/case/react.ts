import { REQUEST_SUBMITTED, type IntakeEvent } from '@onedoor/contracts';
import type { React, Reaction } from '@onedoor/engine';

/** A submitted request becomes a case. Where it goes is found out before the decider is asked. */
export const reactToIntake: React = (event) => {
  const { type, subject, data } = event as IntakeEvent;
  if (type !== REQUEST_SUBMITTED) return [];
  const { service, visibility, department, reported = null } = data;
  const command = { type: 'OpenCase', service, visibility, reported, department };
  return [{ aggregate: 'case', id: subject, command } satisfies Reaction];
};
