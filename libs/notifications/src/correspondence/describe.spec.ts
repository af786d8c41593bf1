import { claimed, failed, minutes, opened, promised, replaced, requested, sent, suppressed } from '../../test/correspondence.fixtures.js';
import { describeCorrespondence } from './describe.js';

describe('the words for what was written', () => {
  it.each([
    [opened({ language: 'es' }), 'The reporter can be reached and is told things in the language es'],
    [requested(), 'Notification 1 by email is due: submitted, round 1'],
    [promised({ news: { kind: 'promise_moved', round: 2, dueAt: minutes(9) } }), 'Notification 2 by email is due: promise moved, round 2'],
    [replaced(), 'Notification 2 was not sent yet, and tells the date as it is now'],
    [claimed(), 'Notification 1 was taken up, attempt 1'],
    [sent({ attempt: 2 }), 'Notification 1 was sent at attempt 2'],
    [failed(), `Notification 1 was deferred at attempt 1 (SMTP_450), next attempt at ${minutes(3)}`],
    [failed({ failure: 'refused', code: 'SMTP_550', nextAttemptAt: null }), 'Notification 1 was refused at attempt 1 (SMTP_550), for good'],
    [suppressed(), 'Notification 1 will not be sent: no address'],
  ])('$type', (event, sentence) => {
    expect(describeCorrespondence(event)).toBe(sentence);
  });
});
