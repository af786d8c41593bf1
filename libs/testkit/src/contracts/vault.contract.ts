import { DamagedKey, Erased, type Vault } from '@onedoor/engine';
import type { Reference } from '@onedoor/kernel';
import fc from 'fast-check';

interface VaultUnderTest {
  readonly vault: Vault;
  /** Deletes the reference's key as damage would: without a tombstone, and from every cache. Returns a vault that must detect it. */
  loseKey(reference: Reference): Promise<Vault>;
  close(): Promise<void>;
}

const REFERENCE = '3D7K2F9QXM4';
const ANOTHER = '3D7K2F9QXM5';

/** The guarantees of every vault. `open` gives a new and empty one each time. */
export function vaultContract(name: string, open: () => Promise<VaultUnderTest>): void {
  describe(`${name} as a vault`, () => {
    let underTest: VaultUnderTest;
    let vault: Vault;
    beforeEach(async () => {
      underTest = await open();
      vault = underTest.vault;
    });
    afterEach(() => underTest.close());

    it('unseals any text it sealed, and reveals nothing of it', async () => {
      await fc.assert(
        fc.asyncProperty(fc.string({ unit: 'binary' }), async (text) => {
          const sealed = await vault.seal(REFERENCE, text);
          expect(sealed.sealed).toMatch(/^[\w-]+$/);
          expect(await vault.unseal(REFERENCE, sealed, 'present')).toBe(text);
        }),
        { numRuns: 30 },
      );
    });

    it('seals the same text differently each time', async () => {
      expect(await vault.seal(REFERENCE, 'text')).not.toEqual(await vault.seal(REFERENCE, 'text'));
    });

    it('uses one key for concurrent seals', async () => {
      const texts = Array.from({ length: 10 }, (_, index) => `text ${index}`);
      const sealed = await Promise.all(texts.map((text) => vault.seal(REFERENCE, text)));
      expect(await Promise.all(sealed.map((one) => vault.unseal(REFERENCE, one, 'notify')))).toEqual(texts);
    });

    it('rejects a text that was altered, or sealed under another reference', async () => {
      const { sealed } = await vault.seal(REFERENCE, 'a text of some length');
      await vault.seal(ANOTHER, 'another');
      const changed = sealed.replace(/^./, (first) => (first === 'A' ? 'B' : 'A'));
      await expect(vault.unseal(REFERENCE, { sealed: changed }, 'present')).rejects.toThrow();
      await expect(vault.unseal(REFERENCE, { sealed: '' }, 'present')).rejects.toThrow();
      await expect(vault.unseal(ANOTHER, { sealed }, 'present')).rejects.toThrow();
    });

    it('keeps the last contact of a reference', async () => {
      expect(await vault.contact(REFERENCE, 'notify')).toBeNull();
      await vault.keepContact(REFERENCE, { email: 'old@example.org' });
      await vault.keepContact(REFERENCE, { email: 'new@example.org', firstName: 'Zoë' });
      expect(await vault.contact(REFERENCE, 'notify')).toEqual({ email: 'new@example.org', firstName: 'Zoë' });
      expect(await vault.contact(ANOTHER, 'notify')).toBeNull();
    });

    it('opens a sealed contact as a contact and as nothing else', async () => {
      const sealed = await vault.sealContact(REFERENCE, { email: 'zoe@example.org', firstName: 'Zoë' });
      const text = await vault.seal(REFERENCE, '{"email":"zoe@example.org"}');
      await vault.seal(ANOTHER, 'another');
      expect(await vault.openContact(REFERENCE, sealed, 'notify')).toEqual({ email: 'zoe@example.org', firstName: 'Zoë' });
      await expect(vault.unseal(REFERENCE, sealed, 'present')).rejects.toThrow();
      await expect(vault.openContact(REFERENCE, text, 'notify')).rejects.toThrow();
      await expect(vault.openContact(ANOTHER, sealed, 'notify')).rejects.toThrow();
      expect(await vault.contact(REFERENCE, 'notify')).toBeNull();
      await vault.destroy(REFERENCE);
      expect(await vault.openContact(REFERENCE, sealed, 'notify')).toBeNull();
      await expect(vault.sealContact(REFERENCE, {})).rejects.toThrow(Erased);
    });

    it('hashes a text with a key, the same each time, and not at all after an erasure', async () => {
      const mac = await vault.mac(REFERENCE, 'a body');
      expect(mac).toMatch(/^[\w-]{43}$/);
      expect(await vault.mac(REFERENCE, 'a body')).toBe(mac);
      const others = [await vault.mac(REFERENCE, 'a body '), await vault.mac(ANOTHER, 'a body')];
      expect(new Set([mac, ...others]).size).toBe(3);
      expect(await vault.unseal(REFERENCE, await vault.seal(REFERENCE, 'text'), 'present')).toBe('text');
      await vault.destroy(REFERENCE);
      expect(await vault.mac(REFERENCE, 'a body')).toBeNull();
    });

    it('unseals a page of texts, each by its own key, and says of each what became of it', async () => {
      const sealed = await vault.seal(REFERENCE, 'one');
      const second = await vault.seal(REFERENCE, 'two');
      const other = await vault.seal(ANOTHER, 'other');
      const page = [
        { reference: REFERENCE, sealed },
        { reference: ANOTHER, sealed: other },
        { reference: REFERENCE, sealed: second },
        { reference: ANOTHER, sealed },
        { reference: '3D7K2F9QXM6', sealed },
      ];
      expect(await vault.unsealAll(page, 'present')).toEqual([
        { outcome: 'text', text: 'one' },
        { outcome: 'text', text: 'other' },
        { outcome: 'text', text: 'two' },
        { outcome: 'damaged', reason: expect.stringContaining(ANOTHER) },
        { outcome: 'damaged', reason: expect.stringMatching(/3D7K2F9QXM6 is missing/) },
      ]);
      await vault.destroy(ANOTHER);
      expect((await vault.unsealAll(page, 'present')).map(({ outcome }) => outcome)).toEqual([
        'text',
        'erased',
        'text',
        'erased',
        'damaged',
      ]);
      expect(await vault.unsealAll([], 'present')).toEqual([]);
    });

    it('spoils no other text of a page where one key is missing', async () => {
      const lost = await vault.seal(REFERENCE, 'lost');
      const damaged = await underTest.loseKey(REFERENCE);
      const kept = await damaged.seal(ANOTHER, 'kept');
      const page = await damaged.unsealAll(
        [REFERENCE, ANOTHER].map((reference, index) => ({ reference, sealed: index ? kept : lost })),
        'present',
      );
      expect(page).toMatchObject([{ outcome: 'damaged' }, { outcome: 'text', text: 'kept' }]);
    });

    it('destroys key and contact permanently, of this reference only', async () => {
      const sealed = await vault.seal(REFERENCE, 'text');
      await vault.keepContact(REFERENCE, { phone: '555' });
      const spared = await vault.seal(ANOTHER, 'spared');
      await vault.destroy(REFERENCE);
      await vault.destroy(REFERENCE);
      expect(await vault.unseal(REFERENCE, sealed, 'present')).toBeNull();
      expect(await vault.contact(REFERENCE, 'notify')).toBeNull();
      await expect(vault.seal(REFERENCE, 'more')).rejects.toThrow(Erased);
      await expect(vault.keepContact(REFERENCE, { phone: '556' })).rejects.toThrow(Erased);
      expect(await vault.unseal(ANOTHER, spared, 'present')).toBe('spared');
    });

    it('refuses a reference that was erased before anything was sealed', async () => {
      await vault.destroy(REFERENCE);
      await expect(vault.seal(REFERENCE, 'text')).rejects.toThrow(Erased);
    });

    it('reports a missing key as damage, never as an erasure', async () => {
      const sealed = await vault.seal(REFERENCE, 'text');
      await vault.keepContact(REFERENCE, { phone: '555' });
      const damaged = await underTest.loseKey(REFERENCE);
      await expect(damaged.unseal(REFERENCE, sealed, 'present')).rejects.toThrow(DamagedKey);
      await expect(damaged.openContact(REFERENCE, sealed, 'notify')).rejects.toThrow(DamagedKey);
    });
  });
}
