import { Passwords } from './passwords.service.js';

let salt = 0;
const passwords = new Passwords({ entropy: { hex: (length: number) => String(++salt).padStart(length * 2, '0') } });

describe('a password', () => {
  it('is matched by itself alone, and differs in each hash', async () => {
    const [one, other] = [await passwords.hash('correct horse battery'), await passwords.hash('correct horse battery')];
    expect(one).toMatch(/^\$scrypt\$ln=15,r=8,p=3\$/);
    expect(one).not.toBe(other);
    expect(one).not.toContain('horse');
    expect([await passwords.matches('correct horse battery', one), await passwords.matches('correct horse batterz', one)]).toEqual([
      true,
      false,
    ]);
  });

  it('matches nothing where nothing is stored', async () => {
    expect(await passwords.matches('', null)).toBe(false);
  });

  it('is the same however its letters were typed', async () => {
    expect(await passwords.matches('caf\u00e9 au lait, please', await passwords.hash('cafe\u0301 au lait, please'))).toBe(true);
  });
});
