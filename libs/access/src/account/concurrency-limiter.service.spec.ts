import { ConcurrencyLimiter } from './concurrency-limiter.service.js';

describe('a concurrency limiter', () => {
  it('runs so many at once, lets so many wait, and refuses the rest', async () => {
    const limiter = new ConcurrencyLimiter(1, 1);
    const first = Promise.withResolvers<string>();
    const story: string[] = [];
    const working = limiter.run(() => first.promise);
    const waiting = limiter.run(async () => void story.push('second'));
    await expect(limiter.run(async () => void story.push('third'))).rejects.toMatchObject({
      status: 429,
      more: { code: 'TOO_MANY_AT_ONCE', retryAfterSeconds: 1 },
    });
    expect(story).toEqual([]);
    first.resolve('first');
    expect(await working).toBe('first');
    await waiting;
    expect(story).toEqual(['second']);
  });

  it('runs the next one after work that failed', async () => {
    const limiter = new ConcurrencyLimiter(1, 0);
    await expect(limiter.run(() => Promise.reject(new Error('It broke')))).rejects.toThrow('It broke');
    expect(await limiter.run(async () => 'fine')).toBe('fine');
  });
});
