import { Inject, Injectable } from '@nestjs/common';
import type { Sealed } from '@onedoor/engine';
import { PORTS, type Ports } from '@onedoor/platform';
import { Administrators } from './administrators.service.js';
import { vaultKeyOf, type AccountId } from './credentials.js';
import { KnownDepartments } from './known-departments.service.js';
import { Passwords } from './passwords.service.js';
import { SignIn, tooManyAttempts } from './sign-in.service.js';

/** What the commands of an account find things out with, before the decider is asked. */
@Injectable()
export class AccountNeeds {
  constructor(
    @Inject(PORTS) private readonly ports: Pick<Ports, 'vault'>,
    private readonly passwords: Passwords,
    private readonly signIn: SignIn,
    readonly administrators: Administrators,
    readonly departments: KnownDepartments,
  ) {}

  /** The hash of a new password, sealed. Throws a 429 while too many passwords are hashed. */
  async sealedHash(id: AccountId, password: string, isPreview: boolean): Promise<Sealed> {
    return this.seal(id, isPreview ? '' : await this.passwords.hash(password), isPreview);
  }

  /** A hash under the key of its account. Nothing is sealed for a preview. */
  async seal(id: AccountId, hash: string, isPreview: boolean): Promise<Sealed> {
    return isPreview ? { sealed: '' } : this.ports.vault.seal(vaultKeyOf(id), hash);
  }

  /** Counts as an attempt to sign in. Throws a 429 after too many failures of this account or this client. */
  async isPasswordOf(id: AccountId, password: string, client: string): Promise<boolean> {
    const proof = await this.signIn.prove(id, password, client);
    if (proof.outcome === 'later') throw tooManyAttempts(proof);
    return proof.outcome === 'proved';
  }
}
