import { hours, works } from '../../test/access.fixtures.js';
import { openCity, SYSTEM } from '../../test/desk.js';

const HOUR_MS = 3_600_000;

async function issue(
  tokens: ReturnType<ReturnType<typeof openCity>['process']>['tokens'],
  expiresAt: string | null = null,
): Promise<{ readonly id: string; readonly bearer: string }> {
  const issued = await tokens.issue({ ...works, label: 'ledger', expiresAt }, SYSTEM);
  if (issued.outcome === 'rejected') throw new Error(issued.code);
  return issued;
}

describe('a token of another system', () => {
  it('lets it in at every process, until it is revoked at one', async () => {
    const city = openCity();
    const [here, there] = [city.process().tokens, city.process().tokens];
    const { id, bearer } = await issue(here);
    expect(await there.principalOf(bearer)).toEqual({ id, kind: 'token', ...works });
    await here.revoke(id, SYSTEM);
    expect(await there.principalOf(bearer)).toBeNull();
  });

  it('ends when it was said to', async () => {
    const city = openCity();
    const { tokens } = city.process();
    const { bearer } = await issue(tokens, hours(1));
    expect(await tokens.principalOf(bearer)).not.toBeNull();
    city.clock.advance(HOUR_MS);
    expect(await tokens.principalOf(bearer)).toBeNull();
  });

  it('is its whole text and nothing near it', async () => {
    const { tokens } = openCity().process();
    const [one, other] = [await issue(tokens), await issue(tokens)];
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
    const { id, bearer } = await issue(city.process().tokens);
    const written = JSON.stringify(await city.data.store.read(`token-${id}`, 0, 10));
    expect(written).toContain('secretHash');
    expect(written).not.toContain(bearer.split('_')[2]);
  });
});
