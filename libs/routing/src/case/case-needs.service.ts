import { Inject, Injectable } from '@nestjs/common';
import { Erased, Executor, type Sealed } from '@onedoor/engine';
import { reject, type Reference, type Rejection } from '@onedoor/kernel';
import { PORTS, type Ports } from '@onedoor/platform';
import { CASE } from '../aggregates.js';
import { Policies } from './policies.service.js';
import type { Case } from './state.js';

/** What the commands of a case find things out with, before the decider is asked. */
@Injectable()
export class CaseNeeds {
  constructor(
    @Inject(PORTS) private readonly ports: Pick<Ports, 'vault'>,
    readonly policies: Policies,
    private readonly executor: Executor,
  ) {}

  /** Another case, as its stream has it; null where there is none. */
  readonly find = async (reference: Reference): Promise<Case | null> => {
    const { state } = await this.executor.load(CASE, reference);
    return state.exists ? state : null;
  };

  /** A note under the key of its reference; null for none. Nothing is sealed for a preview. */
  readonly seal = async (
    { id, isPreview }: { readonly id: Reference; readonly isPreview: boolean },
    note: string | null | undefined,
  ): Promise<{ readonly note: Sealed | null } | Rejection> => {
    if (note === null || note === undefined) return { note: null };
    if (isPreview) return { note: { sealed: '' } };
    try {
      return { note: await this.ports.vault.seal(id, note) };
    } catch (error) {
      if (error instanceof Erased)
        return reject('PERSONAL_DATA_ERASED', 'note: the free text of this request was erased, and takes no more');
      throw error;
    }
  };
}
