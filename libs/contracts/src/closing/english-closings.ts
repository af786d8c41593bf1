import type { ClosingWords } from './closing-words.js';

export const ENGLISH_CLOSINGS: ClosingWords = {
  outcomes: {
    fixed: { subject: 'fixed', sentence: () => 'It was fixed.' },
    scheduled: {
      subject: 'part of a planned program',
      sentence: () => 'The work was not carried out yet: it is part of a planned program and has its place in it.',
    },
    no_violation: { subject: 'no violation found', sentence: () => 'An inspector looked at it and found no violation.' },
    violation_found: {
      subject: 'violation found',
      sentence: () =>
        'An inspector found a violation. What follows: the person responsible is ordered to correct it, and the city inspects it again.',
    },
    answered: { subject: 'answered', sentence: () => 'Your question was answered.' },
    duplicate: {
      subject: 'joined to another request',
      sentence: ({ joins }) =>
        joins === null
          ? 'The same matter had been reported already, and goes on under the other request.'
          : `The same matter had been reported already: it goes on under request ${joins}.`,
    },
    invalid: {
      subject: 'we could not act on it',
      sentence: () => 'There was not enough in it to act on. Please report it again, with the exact place and what you saw.',
    },
    no_access: {
      subject: 'we could not get to the place',
      sentence: () => 'Our staff could not get to the place. Please call 311 and say when they can: the request is then opened again.',
    },
    referred: {
      subject: 'passed on to another authority',
      sentence: ({ authority }) =>
        authority === null
          ? 'It was passed on to another authority, which answers for it. 311 can tell you which one.'
          : `It was passed on to ${authority.name}, which answers for it. How to reach it: ${authority.contact}.`,
    },
    declined: {
      subject: 'declined',
      sentence: ({ reason }) =>
        reason === null ? 'The city will not act on it. 311 can tell you why.' : `The city will not act on it, because ${reason}.`,
    },
    withdrawn: { subject: 'withdrawn', sentence: () => 'It was withdrawn, as asked for.' },
  },
  other: { subject: 'closed', sentence: () => 'The department closed it.' },
  reasons: {
    not_allowed: 'the law or its own rules do not allow it',
    private_property: 'the place is private property',
    below_threshold: 'it does not reach the extent from which the city acts',
    no_funds: 'there are no funds for it',
    not_a_service: 'it is not among the services that the city offers',
  },
};
