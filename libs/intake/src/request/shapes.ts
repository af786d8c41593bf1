import { LANGUAGES } from '@onedoor/contracts';
import type { EventShapes } from '@onedoor/engine';
import { cellOf } from '@onedoor/kernel';
import type { ServiceRequestEvent, Submission } from './events.js';

/** The current version of each event's shape. Raising one asks for an upcaster here and a golden file of the old shape. */
export const SERVICE_REQUEST_SHAPES: EventShapes<ServiceRequestEvent['type']> = {
  ServiceRequestSubmitted: { v: 2, upcast: (data) => submissionOfVersion1(data as SubmissionOfVersion1) },
  ServiceRequestRouted: { v: 1 },
  ServiceRequestPromised: { v: 1 },
  ServiceRequestClosed: { v: 1 },
  ServiceRequestReopened: { v: 1 },
};

/** Before languages were asked for, and before places were given to the departments that work there. */
type SubmissionOfVersion1 = Omit<Submission, 'cell' | 'sealedDetails' | 'answers' | 'photos' | 'language'> &
  Partial<Pick<Submission, 'language'>>;

function submissionOfVersion1({ language = LANGUAGES[0], ...submission }: SubmissionOfVersion1): Submission {
  return { ...submission, language, cell: cellOfLocation(submission.location), sealedDetails: null, answers: [], photos: [] };
}

export function cellOfLocation(location: Submission['location']): Submission['cell'] {
  return location === null || location.lat === null || location.long === null ? null : cellOf({ lat: location.lat, long: location.long });
}
