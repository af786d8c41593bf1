import { Inject, Injectable } from '@nestjs/common';
import { Executor, type Position } from '@onedoor/engine';
import { assert, rejectAbsent, type Principal, type Reference, type Rejection } from '@onedoor/kernel';
import { PORTS, type Ports } from '@onedoor/platform';
import { CASE } from '../aggregates.js';
import { CASE_OVERVIEW } from './case-overview.js';
import { mayRead } from './may-act-on.js';
import type { Case } from './state.js';

/** A case as it stands, and where its last event stands in the log. */
export interface StandingCase {
  readonly outcome: 'standing';
  readonly state: Case;
  readonly position: Position;
}

/** Reads one case as of now, from its stream, and never less than its document in the queues shows. */
@Injectable()
export class CaseReader {
  constructor(
    @Inject(PORTS) private readonly ports: Pick<Ports, 'readModels'>,
    private readonly executor: Executor,
  ) {}

  /** Refuses as `CASE_UNKNOWN`, also for a case of another department. */
  async read(reference: Reference, principal: Principal): Promise<StandingCase | Rejection> {
    const [shown] = await this.ports.readModels.get(CASE_OVERVIEW.collection, [reference]);
    const { state, last } = await this.executor.load(CASE, reference, shown?.position ?? null);
    if (!state.exists) return UNKNOWN;
    if (!mayRead(principal, state)) return UNKNOWN;
    assert(last !== null, 'a case that exists has an event');
    return { outcome: 'standing', state, position: last.position };
  }
}

const UNKNOWN = rejectAbsent('CASE_UNKNOWN', 'There is no case under this reference');
