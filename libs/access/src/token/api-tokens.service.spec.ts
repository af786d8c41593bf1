import { HOUR_MS } from '@onedoor/kernel';
import { hours, works } from '../../test/access.fixtures.js';
import { openCity } from '../../test/desk.js';

describe('a token of another system', () => {
  it('lets it in at every process, until it is revoked at one', async () => {
    const city = openCity();
    const [here, there] = [await city.process(), await city.process()];
    const { id, bearer } = await here.issue();
    expect(await there.tokens.principalOf(bearer)).toEqual({ id, kind: 'token', ...works });
    await here.revoke(id);
    expect(await there.tokens.principalOf(bearer)).toBeNull();
  });

  it('ends when it was said to', async () => {
    const city = openCity();
    const { tokens, issue } = await city.process();
    const { bearer } = await issue(hours(1));
    expect(await tokens.principalOf(bearer)).not.toBeNull();
    city.clock.advance(HOUR_MS);
    expect(await tokens.principalOf(bearer)).toBeNull();
  });

  it('is its whole text and nothing near it', async () => {
    const { tokens, issue } = await openCity().process();
    const [one, other] = [await issue(), await issue()];
    const secretOf = (bearer: string): string => bearer.split('_')[2] ?? '';
    for (const wrong of [
      '',
      'od_',
      one.bearer.slice(0, -1),
      `${one.bearer}0`,
      one.bearer.toUpperCase(),
      `od_${one.id}_${secretOf(other.bearer)}`,
      `od_${'f'.repeat(16)}_${secretOf(one.bearer)}`,
    ]) {
      expect(await tokens.principalOf(wrong)).toBeNull();
    }
  });

  it('keeps its secret out of the log', async () => {
    const city = openCity();
    const { id, bearer } = await (await city.process()).issue();
    const written = JSON.stringify(await city.data.store.read(`token-${id}`, 0, 10));
    expect(written).toContain('secretHash');
    expect(written).not.toContain(bearer.split('_')[2]);
  });
});
