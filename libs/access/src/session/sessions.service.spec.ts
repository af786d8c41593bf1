import { HOUR_MS } from '@onedoor/kernel';
import { SignJWT } from 'jose';
import { works } from '../../test/access.fixtures.js';
import { openCity, PASSWORD } from '../../test/desk.js';

const DESK = { id: 'works-desk', kind: 'account', ...works } as const;

describe('a session', () => {
  let city: ReturnType<typeof openCity>;
  beforeEach(async () => {
    city = openCity();
    await city.createDesk('works-desk');
  });

  it('is accepted by every process that has the key, and by no other', async () => {
    const { token } = await (await city.process()).sessions.begin('works-desk', 1);
    expect(await (await city.process()).sessions.principalOf(token)).toEqual(DESK);
    expect(await (await city.process({ key: 'another key' })).sessions.principalOf(token)).toBeNull();
  });

  it('is accepted by no other city, even under the same key', async () => {
    const { token } = await (await city.process({ jurisdiction: 'elsewhere' })).sessions.begin('works-desk', 1);
    expect(await (await city.process()).sessions.principalOf(token)).toBeNull();
  });

  it('is over after twelve hours', async () => {
    const { sessions } = await city.process();
    const { token } = await sessions.begin('works-desk', 1);
    city.clock.advance(12 * HOUR_MS - 1_000);
    expect(await sessions.principalOf(token)).toEqual(DESK);
    city.clock.advance(1_000);
    expect(await sessions.principalOf(token)).toBeNull();
  });

  it('is over in every process once it was signed out of in one', async () => {
    const [here, there] = [await city.process(), await city.process()];
    const [mine, hers] = [await here.sessions.begin('works-desk', 1), await here.sessions.begin('works-desk', 1)];
    expect(await there.sessions.principalOf(mine.token)).toEqual(DESK);
    expect(await here.sessions.end(mine.token, DESK)).toBe(true);
    expect(await there.sessions.principalOf(mine.token)).toBeNull();
    expect(await there.sessions.principalOf(hers.token)).toEqual(DESK);
    expect(await here.sessions.end('no session', DESK)).toBe(false);
  });

  it('is over in every process once its account has another password, or is disabled', async () => {
    const [here, there] = [await city.process(), await city.process()];
    const first = await here.sessions.begin('works-desk', 1);
    await there.tell('works-desk', 'set-password', { password: PASSWORD });
    expect(await here.sessions.principalOf(first.token)).toBeNull();
    const second = await here.sessions.begin('works-desk', 2);
    expect(await here.sessions.principalOf(second.token)).toEqual(DESK);
    await there.tell('works-desk', 'disable');
    expect(await here.sessions.principalOf(second.token)).toBeNull();
  });

  it('has the role that its account has now', async () => {
    const { sessions, tell } = await city.process();
    const { token } = await sessions.begin('works-desk', 1);
    await tell('works-desk', 'grant-role', { role: 'router', department: null });
    expect(await sessions.principalOf(token)).toMatchObject({ role: 'router', department: null });
  });

  it('is accepted under no other signature', async () => {
    const forged = await new SignJWT({ generation: 1 })
      .setProtectedHeader({ alg: 'HS256' })
      .setIssuer('onedoor:testville')
      .setAudience('onedoor:api')
      .setSubject('works-desk')
      .setJti('0')
      .setIssuedAt(0)
      .setExpirationTime('99y')
      .sign(new TextEncoder().encode('one key'));
    expect(await (await city.process()).sessions.principalOf(forged)).toBeNull();
  });
});
