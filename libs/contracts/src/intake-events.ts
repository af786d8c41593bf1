import type { Channel, Visibility } from '@onedoor/kernel';
import type { PublicEvent } from './public-event.js';

export const INTAKE_TOPIC = 'onedoor.intake';

/** What intake tells the others, all under the request's reference. */
export type IntakeEvent = RequestSubmitted;

export const REQUEST_SUBMITTED = 'gov.onedoor.intake.request.submitted.v1';

/** A resident's report was taken in and has its reference. */
export type RequestSubmitted = PublicEvent<
  typeof REQUEST_SUBMITTED,
  {
    readonly service: string;
    readonly visibility: Visibility;
    readonly channel: Channel;
    /** The department that whoever took the report named; null leaves it to the routing rules. */
    readonly department: string | null;
  }
>;
