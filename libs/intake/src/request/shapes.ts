import { LANGUAGES, NO_DETAILS } from '@onedoor/contracts';
import type { EventShapes } from '@onedoor/engine';
import { cellOf } from '@onedoor/kernel';
import type { ServiceRequestEvent, Submission } from './events.js';

/** The current version of each event's shape. Raising one asks for an upcaster here and a golden file of the old shape. */
export const SERVICE_REQUEST_SHAPES: EventShapes<ServiceRequestEvent['type']> = {
  ServiceRequestSubmitted: {
    v: 3,
    upcast: (data, v) =>
      submissionOfVersion2(v === 1 ? submissionOfVersion1(data as SubmissionOfVersion1) : (data as SubmissionOfVersion2)),
  },
  ServiceRequestRouted: { v: 1 },
  ServiceRequestPromised: { v: 1 },
  // Before waits were told by themselves.
  ServiceRequestPaused: { v: 2, upcast: (data) => ({ ...(data as object), by: 'promise' }) },
  ServiceRequestResumed: { v: 1 },
  ServiceRequestClosed: { v: 2, upcast: (data) => ({ ...(data as object), details: NO_DETAILS }) },
  ServiceRequestReopened: { v: 1 },
};

/** Before contacts stood in the event: they are in the vault, beside the reference's key. */
type SubmissionOfVersion2 = Omit<Submission, 'contact' | 'sealedAttributes'>;

const submissionOfVersion2 = (submission: SubmissionOfVersion2): Submission => ({ ...submission, contact: null, sealedAttributes: null });

/** Before languages were asked for, and before places were given to the departments that work there. */
type SubmissionOfVersion1 = Omit<SubmissionOfVersion2, 'cell' | 'sealedDetails' | 'answers' | 'photos' | 'language'> &
  Partial<Pick<Submission, 'language'>>;

function submissionOfVersion1({ language = LANGUAGES[0], ...submission }: SubmissionOfVersion1): SubmissionOfVersion2 {
  return { ...submission, language, cell: cellOfLocation(submission.location), sealedDetails: null, answers: [], photos: [] };
}

export function cellOfLocation(location: Submission['location']): Submission['cell'] {
  return location === null || location.lat === null || location.long === null ? null : cellOf({ lat: location.lat, long: location.long });
}
