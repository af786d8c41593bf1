import { NotFoundException } from '@nestjs/common';
import { ConcurrencyConflict, Unavailable } from '@onedoor/engine';
import { AlarmLog } from '@onedoor/testkit';
import { problemOf, RequestProblem, titleOf } from './problem.js';

describe('what a request is told when it fails', () => {
  let alarms: AlarmLog;
  beforeEach(() => {
    alarms = new AlarmLog();
  });

  it.each([
    [
      'what it got wrong, all of it',
      new RequestProblem(400, ['lat: must be a number', 'long: must be a number']),
      { status: 400, details: ['lat: must be a number', 'long: must be a number'] },
    ],
    [
      'by a code, and when to come back',
      new RequestProblem(429, ['Too many attempts'], { code: 'TOO_MANY_ATTEMPTS', retryAfterSeconds: 7 }),
      { status: 429, details: ['Too many attempts'], code: 'TOO_MANY_ATTEMPTS', retryAfterSeconds: 7 },
    ],
    [
      'that there is no such thing',
      new NotFoundException('There is no such request'),
      { status: 404, details: ['There is no such request'] },
    ],
    [
      'that a dependency is down',
      new Unavailable('log.db is locked'),
      { status: 503, details: [expect.stringContaining('again')], retryAfterSeconds: 1 },
    ],
    [
      'that it lost its race too often',
      new ConcurrencyConflict('case-x was changed'),
      { status: 503, details: [expect.stringContaining('again')], retryAfterSeconds: 1 },
    ],
    [
      'that the server could not read it',
      Object.assign(new Error('Body is too large'), { statusCode: 413 }),
      { status: 413, details: ['Body is too large'] },
    ],
  ])('%s', (_name, thrown, problem) => {
    expect(problemOf(thrown, alarms.alarm)).toEqual(problem);
    expect(alarms.entries).toEqual([]);
  });

  it.each([new TypeError('secret of the inside'), 'secret of the inside', null, { statusCode: 500, message: 'secret of the inside' }])(
    'our own bug is alarmed, and nothing of it is told: %p',
    (thrown) => {
      const problem = problemOf(thrown, alarms.alarm);
      expect(problem.status).toBe(500);
      expect(JSON.stringify(problem)).not.toContain('secret');
      expect(alarms.messages).toEqual(['request failed']);
    },
  );

  it('has the title that HTTP gives its status', () => {
    expect([titleOf({ status: 409, details: [] }), titleOf({ status: 799, details: [] })]).toEqual(['Conflict', 'Error']);
  });
});
