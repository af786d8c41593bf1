import { Inject, Injectable } from '@nestjs/common';
import { BoundedCache, msOf } from '@onedoor/kernel';
import { networkOf, PORTS, RequestProblem, type Ports } from '@onedoor/platform';
import type { Account } from './account.js';
import type { AccountId } from './credentials.js';
import { Accounts } from './accounts.service.js';
import { Attempts, type Counted } from './attempts.js';
import { Passwords } from './passwords.service.js';

/** Failed attempts that one client may have at one account in five minutes. */
const FAILURES_OF_PAIR = 10;
/** And at all accounts together: a desk shares its address, so it is more. */
const FAILURES_OF_CLIENT = 30;
/**
 * And all clients together at one account, of those that never signed in to it. Where many strangers try, they share this; a client that
 * the account is used from is not among them, so that no number of strangers locks it out.
 */
const FAILURES_OF_STRANGERS = 200;
/** Pairs of account and client that are remembered to have signed in: those of a large city over weeks. */
const KNOWN_MOST = 20_000;

type Proof =
  | { readonly outcome: 'proved'; readonly account: Account }
  /** Wrong account, wrong password, disabled: the caller does not learn which. */
  | { readonly outcome: 'refused' }
  | { readonly outcome: 'later'; readonly retryAfterSeconds: number };

/** Finds out whether a caller knows the password of an account. */
@Injectable()
export class SignIn {
  private readonly attempts = new Attempts();
  private readonly known = new BoundedCache<string, true>(KNOWN_MOST);

  constructor(
    @Inject(PORTS) private readonly ports: Pick<Ports, 'clock'>,
    private readonly accounts: Accounts,
    private readonly passwords: Passwords,
  ) {}

  /** `client` is the network address that asks; all of an IPv6 /64 are one. */
  async prove(id: AccountId, password: string, client: string): Promise<Proof> {
    const network = networkOf(client);
    const pair = `${id} from ${network}`;
    const counted: readonly Counted[] = [
      { key: `pair ${pair}`, most: FAILURES_OF_PAIR },
      { key: `client ${network}`, most: FAILURES_OF_CLIENT },
      ...(this.known.get(pair) ? [] : [{ key: `strangers at ${id}`, most: FAILURES_OF_STRANGERS }]),
    ];
    const retryAfterSeconds = this.attempts.take(counted, this.nowMs());
    if (retryAfterSeconds !== null) return { outcome: 'later', retryAfterSeconds };
    let isFailure = false;
    try {
      const account = await this.accounts.one(id);
      const hash = account && (await this.accounts.passwordHash(id, account));
      const isRight = await this.passwords.matches(password, hash);
      if (isRight && account !== null && !account.isDisabled) {
        this.known.set(pair, true);
        return { outcome: 'proved', account };
      }
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

/** The 429 after too many failures of this client, here or at all accounts. */
export const tooManyAttempts = ({ retryAfterSeconds }: Extract<Proof, { readonly outcome: 'later' }>): RequestProblem =>
  new RequestProblem(429, ['Too many attempts: try again later'], { code: 'TOO_MANY_ATTEMPTS', retryAfterSeconds });
