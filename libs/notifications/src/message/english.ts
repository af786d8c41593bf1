import { outcomeIn, type Wording } from './wording.js';

export const ENGLISH: Wording = {
  locale: 'en-US',
  news: {
    submitted: (_news, { reference, service }) => ({
      subject: `We received your request ${reference}`,
      paragraphs: [
        `We received your request about “${service}”. Its reference is ${reference}.`,
        'Next, it goes to the department that answers for it. We will write to you when we know by when it will be done.',
      ],
    }),
    promised: ({ dueAt }, { reference, service, when }) => ({
      subject: `When your request ${reference} will be done`,
      paragraphs: [
        `Your request about “${service}” will be done by ${when(dueAt)}.`,
        'We will write to you if this date changes, and when the work is done.',
      ],
    }),
    promise_moved: ({ dueAt }, { reference, service, when }) => ({
      subject: `New date for your request ${reference}`,
      paragraphs: [
        `The date for your request about “${service}” has changed. It will now be done by ${when(dueAt)}.`,
        'We will write to you if this date changes again, and when the work is done.',
      ],
    }),
    resolved: (news, { reference, service }) => ({
      subject: `Your request ${reference} is done`,
      paragraphs: [
        `The work on your request about “${service}” has ended. ${outcomeIn(ENGLISH, news)}`,
        'If you do not agree, call 311 and give the reference: the request can be opened again.',
      ],
    }),
    reopened: ({ round }, { reference, service }) => ({
      subject: `Your request ${reference} is open again`,
      paragraphs: [
        `Your request about “${service}” is open again. This is round ${round}.`,
        'Next, a department takes it up again. We will write to you when we know by when it will be done.',
      ],
    }),
  },
  outcomes: {
    fixed: 'It was fixed.',
    scheduled: 'The repair is part of a planned program and has a place in it.',
    no_violation: 'An inspector looked at it and found no violation.',
    violation_found: 'An inspector found a violation, and it is being pursued.',
    answered: 'Your question was answered.',
    duplicate: 'The same matter had already been reported, and is dealt with under the other request.',
    invalid: 'There was not enough to act on.',
    no_access: 'Our staff could not get to the place.',
    referred: 'It was passed on to another authority, which answers for it.',
    declined: 'The city will not do this.',
    withdrawn: 'It was withdrawn, as asked for.',
  },
  otherOutcome: 'The department closed it.',
  greeting: () => 'Hello,',
  closing: ({ reference, city }) => [
    `To ask about this request, call 311 and give the reference ${reference}. No one reads answers to this message.`,
    `${city} 311`,
  ],
};
