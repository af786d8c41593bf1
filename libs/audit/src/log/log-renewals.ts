import type { Aggregate } from '@onedoor/engine';
import { accept, type Decider, type DomainEvent, type Instant } from '@onedoor/kernel';

/**
 * The log got another name, so that every position of before is void: it was restored, or goes on without events that were lost. `lost` is
 * how many acknowledged events it lacked, as far as was known. Who said so is the actor in the event's metadata.
 */
export type LogRenewed = DomainEvent<'LogRenewed', Renewal>;

interface Renewal {
  readonly former: string;
  readonly incarnation: string;
  readonly lost: number;
}

export interface RecordRenewal extends Renewal {
  readonly type: 'RecordRenewal';
  readonly at: Instant;
}

export interface LogRenewals {
  readonly renewals: number;
  readonly lost: number;
}

/** The renewals of the log: stream `log-city`. The event is appended together with the new name, by what renews it. */
export const LOG_RENEWALS: Aggregate<LogRenewals, RecordRenewal, LogRenewed> = {
  category: 'log',
  shapes: { LogRenewed: { v: 1 } },
  decider: {
    initial: { renewals: 0, lost: 0 },
    decide: ({ at, former, incarnation, lost }) => accept<LogRenewed>({ type: 'LogRenewed', at, data: { former, incarnation, lost } }),
    evolve: ({ renewals, lost }, { data }) => ({ renewals: renewals + 1, lost: lost + data.lost }),
  } satisfies Decider<LogRenewals, RecordRenewal, LogRenewed>,
};

export const LOG_RENEWALS_ID = 'city';

/** One sentence for an event, for people who read the log's history. */
export const describeRenewal = ({ data: { former, incarnation, lost } }: LogRenewed): string =>
  `Log called ${incarnation}, not ${former} any more${lost === 0 ? '' : `, without ${lost} events that were lost`}`;
