import { MINUTE_MS } from '@onedoor/kernel';
import { openCity, PASSWORD } from '../../test/desk.js';

describe('proving to be an account', () => {
  it('takes its password', async () => {
    const city = openCity();
    await city.createDesk('works-desk');
    const { signIn } = await city.process();
    expect(await signIn.prove('works-desk', PASSWORD, '192.0.2.1')).toMatchObject({
      outcome: 'proved',
      account: { assignment: { role: 'department', department: 'works' } },
    });
    expect(await signIn.prove('works-desk', `${PASSWORD} `, '192.0.2.1')).toEqual({ outcome: 'refused' });
    expect(await signIn.prove('parks-desk', PASSWORD, '192.0.2.1')).toEqual({ outcome: 'refused' });
  });

  it('is refused to a disabled account', async () => {
    const city = openCity();
    await city.createDesk('works-desk');
    const { tell, signIn } = await city.process();
    await tell('works-desk', 'disable');
    expect(await signIn.prove('works-desk', PASSWORD, '192.0.2.1')).toEqual({ outcome: 'refused' });
  });

  it('may fail ten times in five minutes for one account and client, all at once', async () => {
    const city = openCity();
    await city.createDesk('works-desk');
    const { signIn } = await city.process();
    const proofs = await Promise.all(Array.from({ length: 12 }, () => signIn.prove('works-desk', 'wrong', '192.0.2.1')));
    expect(proofs.filter(({ outcome }) => outcome === 'refused')).toHaveLength(10);
    city.clock.advance(4 * MINUTE_MS);
    expect(await signIn.prove('works-desk', PASSWORD, '192.0.2.1')).toEqual({ outcome: 'later', retryAfterSeconds: 60 });
    city.clock.advance(MINUTE_MS);
    expect(await signIn.prove('works-desk', PASSWORD, '192.0.2.1')).toMatchObject({ outcome: 'proved' });
  });

  it('is open to its own client while ten strangers fail as often as they may', async () => {
    const city = openCity();
    await city.createDesk('works-desk');
    const { signIn } = await city.process();
    for (let stranger = 1; stranger <= 10; stranger++)
      await Promise.all(Array.from({ length: 12 }, () => signIn.prove('works-desk', 'wrong', `198.51.100.${stranger}`)));
    expect(await signIn.prove('works-desk', PASSWORD, '198.51.100.1')).toMatchObject({ outcome: 'later' });
    expect(await signIn.prove('works-desk', PASSWORD, '192.0.2.99')).toMatchObject({ outcome: 'proved' });
  });

  it('is limited for all strangers together, and for no client that the account is used from', async () => {
    const city = openCity();
    await city.createDesk('works-desk');
    const { signIn } = await city.process();
    expect(await signIn.prove('works-desk', PASSWORD, '192.0.2.99')).toMatchObject({ outcome: 'proved' });
    const outcomes: string[] = [];
    for (let stranger = 1; stranger <= 25; stranger++)
      for (let time = 0; time < 9; time++) outcomes.push((await signIn.prove('works-desk', 'wrong', `198.51.100.${stranger}`)).outcome);
    expect(outcomes.filter((outcome) => outcome === 'refused')).toHaveLength(200);
    expect(await signIn.prove('works-desk', PASSWORD, '203.0.113.1')).toMatchObject({ outcome: 'later' });
    expect(await signIn.prove('works-desk', PASSWORD, '192.0.2.99')).toMatchObject({ outcome: 'proved' });
  });

  it('counts all addresses of one IPv6 network as one client', async () => {
    const city = openCity();
    await city.createDesk('works-desk');
    const { signIn } = await city.process();
    for (let time = 0; time < 10; time++) await signIn.prove('works-desk', 'wrong', `2001:db8:0:1::${time + 1}`);
    expect(await signIn.prove('works-desk', PASSWORD, '2001:db8:0:1:ffff::1')).toMatchObject({ outcome: 'later' });
    expect(await signIn.prove('works-desk', PASSWORD, '2001:db8:0:2::1')).toMatchObject({ outcome: 'proved' });
  });

  it('may fail thirty times for one client over all accounts that it names, and no other client is limited by it', async () => {
    const city = openCity();
    await city.createDesk('works-desk');
    const { signIn } = await city.process();
    const proofs = await Promise.all(Array.from({ length: 31 }, (_, index) => signIn.prove(`made-up-${index}`, 'wrong', '192.0.2.1')));
    expect(proofs.filter(({ outcome }) => outcome === 'later')).toHaveLength(1);
    expect(await signIn.prove('works-desk', PASSWORD, '192.0.2.2')).toMatchObject({ outcome: 'proved' });
  });

  it('may succeed as often as it likes', async () => {
    const city = openCity();
    await city.createDesk('works-desk');
    const { signIn } = await city.process();
    for (let time = 0; time < 40; time++)
      expect(await signIn.prove('works-desk', PASSWORD, '192.0.2.1')).toMatchObject({ outcome: 'proved' });
  });
});
