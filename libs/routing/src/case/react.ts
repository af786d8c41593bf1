import { REQUEST_SUBMITTED, type IntakeEvent } from '@onedoor/contracts';
import type { React, Reaction } from '@onedoor/engine';
import type { Visibility } from '@onedoor/kernel';

/** What routing wants done before it knows where the case goes: the handler adds the placement. */
export interface WantCase {
  readonly type: 'OpenCase';
  readonly service: string;
  readonly visibility: Visibility;
  readonly department: string | null;
}

/** A submitted request becomes a case. */
export const reactToIntake: React = (event) => {
  const { type, subject, data } = event as IntakeEvent;
  if (type !== REQUEST_SUBMITTED) return [];
  const { service, visibility, department } = data;
  const command: WantCase = { type: 'OpenCase', service, visibility, department };
  return [{ aggregate: 'case', id: subject, command } satisfies Reaction];
};
