import { Turnstile } from './turnstile.service.js';

describe('a turnstile', () => {
  it('lets so many work side by side and so many wait, and turns the rest away', async () => {
    const turnstile = new Turnstile(1, 1);
    const first = Promise.withResolvers<string>();
    const story: string[] = [];
    const working = turnstile.pass(() => first.promise);
    const waiting = turnstile.pass(async () => void story.push('second'));
    await expect(turnstile.pass(async () => void story.push('third'))).rejects.toMatchObject({
      status: 429,
      more: { code: 'TOO_MANY_AT_ONCE', retryAfterSeconds: 1 },
    });
    expect(story).toEqual([]);
    first.resolve('first');
    expect(await working).toBe('first');
    await waiting;
    expect(story).toEqual(['second']);
  });

  it('lets the next one in after work that failed', async () => {
    const turnstile = new Turnstile(1, 0);
    await expect(turnstile.pass(() => Promise.reject(new Error('It broke')))).rejects.toThrow('It broke');
    expect(await turnstile.pass(async () => 'fine')).toBe('fine');
  });
});
