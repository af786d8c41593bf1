import { Inject, Injectable } from '@nestjs/common';
import { Executor, readReaching, streamOf, upcast } from '@onedoor/engine';
import type { Instant } from '@onedoor/kernel';
import { PORTS, type Ports } from '@onedoor/platform';
import { AGREEMENT } from '../aggregates.js';
import type { AgreementTerms, Party } from './agreement.js';
import { termsInForce, type AgreementEvent } from './decider.js';

/** One version of an agreement, and how far it has come. */
export interface AgreementVersion {
  readonly terms: AgreementTerms;
  readonly proposedAt: Instant;
  readonly signatures: readonly Signature[];
  /** Whether it is the one in force now. */
  readonly isInForce: boolean;
}

export interface Signature {
  readonly party: Party;
  readonly at: Instant;
  /** The account that signed: an opaque id. */
  readonly by: string;
}

/** Agreements with who signed them, read from their streams: the account stands beside an event, not in it. */
@Injectable()
export class Agreements {
  constructor(
    @Inject(PORTS) private readonly ports: Pick<Ports, 'store' | 'clock' | 'alarm'>,
    private readonly executor: Executor,
  ) {}

  /** The versions of the agreement with a department, the oldest first; none where nothing was proposed. */
  async versions(department: string): Promise<readonly AgreementVersion[]> {
    const { state, last } = await this.executor.load(AGREEMENT, department);
    const inForce = termsInForce(state, this.ports.clock.now())?.version;
    const recorded = await readReaching(this.ports, streamOf(AGREEMENT, department), last?.position ?? null);
    const events = recorded.map((event) => {
      const { type, at, data, metadata } = upcast(AGREEMENT.shapes, event);
      return { ...({ type, at, data } as AgreementEvent), by: metadata.actor.id };
    });
    return events.flatMap((proposed) => {
      if (proposed.type !== 'AgreementProposed') return [];
      const { version } = proposed.data;
      const signatures = events.flatMap((event) =>
        event.type === 'AgreementSigned' && event.data.version === version ? [{ party: event.data.party, at: event.at, by: event.by }] : [],
      );
      return [{ terms: proposed.data, proposedAt: proposed.at, signatures, isInForce: version === inForce }];
    });
  }
}
