import { scrypt, timingSafeEqual, type ScryptOptions } from 'node:crypto';
import { Inject, Injectable, Optional } from '@nestjs/common';
import type { Entropy } from '@onedoor/engine';
import { assert } from '@onedoor/kernel';
import { PORTS } from '@onedoor/platform';
import { ConcurrencyLimiter } from './concurrency-limiter.service.js';

/** The cost of one hash: 2^log2N blocks of r * 128 bytes, passed over p times. */
interface Cost {
  readonly log2N: number;
  readonly r: number;
  readonly p: number;
}

/** As the OWASP Password Storage Cheat Sheet sets it for scrypt with 32 MiB of memory: N = 2^15, r = 8, p = 3. */
const COST: Cost = { log2N: 15, r: 8, p: 3 };
const SALT_BYTES = 16;
const HASH_BYTES = 32;

/** How many hashes are computed at once, 32 MiB each, and how many may wait. */
const RUNNING_MOST = 2;
const WAITING_MOST = 50;

/** In the PHC string format. The cost is stored with each hash, so it can be raised while older hashes still match. */
const STORED = /^\$scrypt\$ln=(\d{1,2}),r=(\d{1,2}),p=(\d{1,2})\$([\w-]+)\$([\w-]+)$/;

/** Hashes passwords with scrypt, and checks passwords against stored hashes. */
@Injectable()
export class Passwords {
  private readonly limiter = new ConcurrencyLimiter(RUNNING_MOST, WAITING_MOST);
  /** Checked where there is no account, so that the answer takes as long as for a wrong password. */
  private readonly decoy: string;

  constructor(
    @Inject(PORTS) private readonly ports: { readonly entropy: Entropy },
    @Optional() private readonly cost: Cost = COST,
  ) {
    this.decoy = format(cost, Buffer.alloc(SALT_BYTES), Buffer.alloc(HASH_BYTES));
  }

  async hash(password: string): Promise<string> {
    const salt = Buffer.from(this.ports.entropy.hex(SALT_BYTES), 'hex');
    return format(this.cost, salt, await this.derive(password, this.cost, salt));
  }

  /** Whether the password is the one that was hashed. Where `stored` is null: false, after the same time. */
  async matches(password: string, stored: string | null): Promise<boolean> {
    const [, log2N, r, p, salt = '', hash = ''] = STORED.exec(stored ?? this.decoy) ?? [];
    assert(hash !== '', 'a stored hash has its format');
    const derived = await this.derive(password, { log2N: Number(log2N), r: Number(r), p: Number(p) }, Buffer.from(salt, 'base64url'));
    return timingSafeEqual(derived, Buffer.from(hash, 'base64url')) && stored !== null;
  }

  private derive(password: string, { log2N, r, p }: Cost, salt: Buffer): Promise<Buffer> {
    const options: ScryptOptions = { N: 2 ** log2N, r, p, maxmem: 256 * 2 ** log2N * r };
    // The same letters may be typed as other code points elsewhere (NIST SP 800-63B, 5.1.1.2).
    const typed = password.normalize('NFKC');
    const work = (): Promise<Buffer> =>
      new Promise((resolve, reject) =>
        scrypt(typed, salt, HASH_BYTES, options, (error, derived) => (error === null ? resolve(derived) : reject(error))),
      );
    return this.limiter.run(work);
  }
}

const format = ({ log2N, r, p }: Cost, salt: Buffer, hash: Buffer): string =>
  `$scrypt$ln=${log2N},r=${r},p=${p}$${salt.toString('base64url')}$${hash.toString('base64url')}`;
