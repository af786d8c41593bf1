import { Inject, Injectable } from '@nestjs/common';
import { msOf } from '@onedoor/kernel';
import { PORTS, RequestProblem, type Ports } from '@onedoor/platform';
import type { Account } from './account.js';
import type { AccountId } from './credentials.js';
import { Accounts } from './accounts.service.js';
import { Attempts, type Counted } from './attempts.js';
import { Passwords } from './passwords.service.js';

/** Failed attempts that one account, and one client, may have in five minutes. A desk shares its address, so a client has more. */
const FAILURES_OF_ACCOUNT = 10;
const FAILURES_OF_CLIENT = 30;

type Proof =
  | { readonly outcome: 'proved'; readonly account: Account }
  /** Wrong account, wrong password, disabled: the caller does not learn which. */
  | { readonly outcome: 'refused' }
  | { readonly outcome: 'later'; readonly retryAfterSeconds: number };

/** Finds out whether a caller knows the password of an account. */
@Injectable()
export class SignIn {
  private readonly attempts = new Attempts();

  constructor(
    @Inject(PORTS) private readonly ports: Pick<Ports, 'clock'>,
    private readonly accounts: Accounts,
    private readonly passwords: Passwords,
  ) {}

  /** `client` is the network address that asks. */
  async prove(id: AccountId, password: string, client: string): Promise<Proof> {
    const counted: readonly Counted[] = [
      { key: `account ${id}`, most: FAILURES_OF_ACCOUNT },
      { key: `client ${client}`, most: FAILURES_OF_CLIENT },
    ];
    const retryAfterSeconds = this.attempts.take(counted, this.nowMs());
    if (retryAfterSeconds !== null) return { outcome: 'later', retryAfterSeconds };
    let isFailure = false;
    try {
      const account = await this.accounts.one(id);
      const hash = account && (await this.accounts.passwordHash(id, account));
      const isRight = await this.passwords.matches(password, hash);
      if (isRight && account !== null && !account.isDisabled) return { outcome: 'proved', account };
      isFailure = true;
      return { outcome: 'refused' };
    } finally {
      if (!isFailure) this.attempts.giveBack(counted, this.nowMs());
    }
  }

  private nowMs(): number {
    return msOf(this.ports.clock.now());
  }
}

/** The 429 after too many failures of this account or this client. */
export const tooManyAttempts = ({ retryAfterSeconds }: Extract<Proof, { readonly outcome: 'later' }>): RequestProblem =>
  new RequestProblem(429, ['Too many attempts: try again later'], { code: 'TOO_MANY_ATTEMPTS', retryAfterSeconds });
