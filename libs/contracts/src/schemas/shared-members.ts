import type { Authority, ClosingDetails } from '../closing/closing-details.js';
import type { Location, Reported, ReportedAnswer, ReportedDetails, Sealed } from '../reported.js';
import { DECLINE_REASONS } from '../vocabulary.js';
import { code, degrees, list, oneOf, ordinal, orNull, record, text } from './member.js';

/** Members that several events have, so that they mean the same in each. */
export const ROUND = ordinal('Counts reopenings: 1 until the first, and one more with each.');
export const OUTCOME = code('How the work ended, such as fixed, no_access or duplicate; the glossary lists the codes.');
export const DEPARTMENT = text("The department's code.");
export const PAUSE_REASON = text("The reason's code, as the agreement of the case's department names it, such as weather.");

export const WAIT_REASON = text(
  "The reason's code, such as permit: one that every case knows, or that the agreement of its department names.",
);

export const CLOSING_DETAILS = record<ClosingDetails>('What belongs to the outcome; null with other outcomes, and where it was not said.', {
  joins: orNull(text('Of a duplicate: the reference of the request that it joins; null where not everyone may know of that one.')),
  authority: orNull(
    record<Authority>('Of a referral: who answers for it.', {
      name: text('Its name.'),
      contact: text('How to reach it: a telephone number, an address or a page.'),
    }),
  ),
  reason: orNull(oneOf(DECLINE_REASONS, 'Of what the city will not do: why.')),
});

export const LOCATION = record<Location>('A place as a reporter gave it.', {
  lat: orNull(degrees(90, 'Degrees north (WGS 84).')),
  long: orNull(degrees(180, 'Degrees east (WGS 84).')),
  address: orNull(text('In words.')),
  addressId: orNull(text("By the city's own register of addresses.")),
});

export const sealed = (description: string) =>
  orNull(record<Sealed>(description, { sealed: text('Base64url, opaque: only the vault opens it.') }));

export const REPORTED = record<Reported>('What was reported, for those who work on it.', {
  cell: orNull(text('The neighbourhood: a geohash of seven characters, about 150 m wide. In clear at every visibility.')),
  details: orNull(
    record<ReportedDetails>('Of a public request.', {
      location: orNull(LOCATION),
      mediaUrl: orNull(text('Where the reporter keeps a picture of it.')),
    }),
  ),
  sealedDetails: sealed('The details of a request that is not public.'),
  description: sealed('What the reporter wrote.'),
  answers: list(
    record<ReportedAnswer>('To one question.', {
      question: text("The question's code."),
      values: list(text('What was chosen or written.'), 'In their order.'),
    }),
    "To the service's questions, in their order.",
  ),
  photos: list(text('An id.'), 'Photos that the city keeps.'),
});
