import { NotFoundException } from '@nestjs/common';
import { ConcurrencyConflict, DamagedKey, Unavailable } from '@onedoor/engine';
import { AlarmLog } from '@onedoor/testkit';
import { problemOf, RequestProblem, titleOf } from './problem.js';

describe('the problem of a failed request', () => {
  let alarms: AlarmLog;
  beforeEach(() => {
    alarms = new AlarmLog();
  });

  it.each([
    [
      'has a line for each error',
      new RequestProblem(400, ['lat: must be a number', 'long: must be a number']),
      { status: 400, details: ['lat: must be a number', 'long: must be a number'] },
    ],
    [
      'has the code and the wait of its refusal',
      new RequestProblem(429, ['Too many attempts'], { code: 'TOO_MANY_ATTEMPTS', retryAfterSeconds: 7 }),
      { status: 429, details: ['Too many attempts'], code: 'TOO_MANY_ATTEMPTS', retryAfterSeconds: 7 },
    ],
    [
      'is a 404 where a thing does not exist',
      new NotFoundException('There is no such request'),
      { status: 404, details: ['There is no such request'] },
    ],
    [
      'is a 503 where a dependency is down',
      new Unavailable('log.db is locked'),
      { status: 503, details: [expect.stringContaining('again')], retryAfterSeconds: 1 },
    ],
    [
      'is a 503 after too many conflicts',
      new ConcurrencyConflict('case-x was changed'),
      { status: 503, details: [expect.stringContaining('again')], retryAfterSeconds: 1 },
    ],
    [
      'is the one of the server that could not read the request, in our words',
      Object.assign(new Error('Body is too large'), { statusCode: 413 }),
      { status: 413, details: ['body: is larger than this path takes'] },
    ],
  ])('%s', (_name, thrown, problem) => {
    expect(problemOf(thrown, alarms.alarm)).toEqual(problem);
    expect(alarms.entries).toEqual([]);
  });

  it('is a 503 with an alarm of its own where the key of a reference is damaged: a restore helps, and no change of the request', () => {
    expect(problemOf(new DamagedKey('the key of 3D7K2F9QXM6 is missing'), alarms.alarm)).toMatchObject({
      status: 503,
      retryAfterSeconds: 60,
    });
    expect(alarms.messages).toEqual(['sealed text does not open']);
  });

  it.each([new TypeError('secret of the inside'), 'secret of the inside', null, { statusCode: 500, message: 'secret of the inside' }])(
    'raises an alarm for a bug, and contains nothing of it: %p',
    (thrown) => {
      const problem = problemOf(thrown, alarms.alarm);
      expect(problem.status).toBe(500);
      expect(JSON.stringify(problem)).not.toContain('secret');
      expect(alarms.messages).toEqual(['request failed']);
    },
  );

  it('has the reason phrase of its status as its title', () => {
    expect([titleOf({ status: 409, details: [] }), titleOf({ status: 799, details: [] })]).toEqual(['Conflict', 'Error']);
  });
});
