import { closingSentence, closingSubject } from '@onedoor/contracts';
import type { Wording } from './wording.js';

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
        'We will write to you if this date changes, and when the request is closed.',
      ],
    }),
    promise_moved: ({ dueAt }, { reference, service, when }) => ({
      subject: `New date for your request ${reference}`,
      paragraphs: [
        `The date for your request about “${service}” has changed. It will now be done by ${when(dueAt)}.`,
        'We will write to you if this date changes again, and when the request is closed.',
      ],
    }),
    waiting: (_news, { reference, service }) => ({
      subject: `Your request ${reference}: we are waiting for you`,
      paragraphs: [
        `Work on your request about “${service}” can not go on before we hear from you.`,
        `To answer, call 311 and give the reference ${reference}: you are told what is needed, and your answer is taken down.`,
        'Until then, any date that you were told may change. We will write to you if it does, and when the request is closed.',
      ],
    }),
    resolved: ({ outcome, details }, { reference, service }) => ({
      subject: `Your request ${reference}: ${closingSubject('en', outcome)}`,
      paragraphs: [
        `Your request about “${service}” is closed. ${closingSentence('en', outcome, details)}`,
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
  greeting: () => 'Hello,',
  closing: ({ reference, city }) => [
    `To ask about this request, call 311 and give the reference ${reference}. No one reads answers to this message.`,
    `${city} 311`,
  ],
};
