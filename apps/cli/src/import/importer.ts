import type { INestApplicationContext } from '@nestjs/common';
import { deterministicId } from '@onedoor/engine';
import { SubmissionDesk } from '@onedoor/intake';
import { assert, laterOf, type Actor, type Instant, type Reference } from '@onedoor/kernel';
import { CommandGateway, WorkerRunner } from '@onedoor/platform';
import { CASE_COMMANDS, Clocks, nextMilestone, type CaseCommandName, type CaseState } from '@onedoor/routing';
import type { KnownRecord } from './known-records.js';
import type { Plan } from './plan.js';
import { WINDOW } from './plan-records.js';
import type { ImportedRecord } from './record.js';

export const importerOf = (source: string): Actor => ({ role: 'importer', id: source });

/** A record with what is to be done about it. */
export interface PlannedRecord {
  readonly line: number;
  readonly record: ImportedRecord;
  readonly plan: Exclude<Plan, { readonly kind: 'rejected' }>;
}

/** A record that a command refused. */
export interface RefusedRecord {
  readonly of: PlannedRecord;
  readonly reason: string;
}

/**
 * Imports records at their own instants: each is submitted and routed, its clock's milestones are assessed up to the instant of the import,
 * and it is closed where the record is. Command ids are derived from the record and from what the case has come to, so an import that was
 * killed resumes and ends like an uninterrupted one.
 */
export class RecordImporter {
  private readonly desk: SubmissionDesk;
  private readonly runner: WorkerRunner;
  private readonly gateway: CommandGateway;
  private readonly clocks: Clocks;
  private readonly actor: Actor;

  constructor(
    app: INestApplicationContext,
    private readonly source: string,
    private readonly until: Instant,
  ) {
    this.desk = app.get(SubmissionDesk);
    this.runner = app.get(WorkerRunner);
    this.gateway = app.get(CommandGateway);
    this.clocks = app.get(Clocks);
    this.actor = importerOf(source);
  }

  /** Imports a window of records concurrently, because their order in the log has no meaning. Answers those that were refused. */
  async importWindow(planned: readonly PlannedRecord[]): Promise<readonly RefusedRecord[]> {
    const references = await Promise.all(planned.map((each) => this.referenceOf(each)));
    await this.runner.settle();
    const refused = await Promise.all(
      planned.map(async (of, index) => {
        const reference = references[index] as Reference | Refusal;
        const refusal = typeof reference === 'string' ? await this.complete(of, reference) : reference;
        return refusal === null ? [] : [{ of, reason: refusal.refused }];
      }),
    );
    return refused.flat();
  }

  /** Lets clocks run up to the instant of the import of records that its file leaves out, or says nothing of that could be applied. */
  async letClocksRunOf(others: readonly KnownRecord[]): Promise<void> {
    const open = others.filter((known) => known.case?.isOpen === true);
    for (let from = 0; from < open.length; from += WINDOW)
      await Promise.all(open.slice(from, from + WINDOW).map(({ reference }) => this.letClocksRun(reference, null)));
  }

  /** Brings every consumer and read model to the end of the log. */
  async finish(): Promise<void> {
    await this.runner.bringUpToDate();
  }

  private async referenceOf({ record, plan }: PlannedRecord): Promise<Reference | Refusal> {
    if (plan.kind !== 'new') return plan.known.reference;
    const { id, openedAt: at, lat, long, address, service, channel, department } = record;
    const submitted = await this.desk.submit(
      {
        serviceCode: service,
        channel,
        location: lat === null && address === null ? null : { lat, long, address, addressId: null },
        description: null,
        mediaUrl: null,
        contact: null,
        language: 'en',
        department,
        source: { system: this.source, id },
      },
      { actor: this.actor, caller: this.source, idempotencyKey: id, at, recordedAt: at },
    );
    return submitted.outcome === 'rejected' ? refusal('submit', submitted) : submitted.reference;
  }

  private complete({ record, plan }: PlannedRecord, reference: Reference): Promise<Refusal | null> | null {
    if (plan.kind === 'changed' && !plan.isForward) return this.correct(record, plan.known);
    if (plan.kind === 'unchanged')
      return plan.isOpen && record.closedAt === null ? this.letClocksRun(reference, null).then(() => null) : null;
    return this.advance(record, reference);
  }

  private async advance(record: ImportedRecord, reference: Reference): Promise<Refusal | null> {
    const state = await this.letClocksRun(reference, record.closedAt);
    return record.closedAt === null ? null : this.close(record, reference, record.closedAt, state);
  }

  /** Assesses the clock's milestones in order, as the ticker would: those before the closing, or up to the instant of the import. */
  private async letClocksRun(reference: Reference, closedAt: Instant | null): Promise<CaseState> {
    let state = await this.clocks.stateOf(reference);
    for (let next = milestoneOf(state); next !== null; next = milestoneOf(state)) {
      if (closedAt === null ? next > this.until : next >= closedAt) break;
      state = await this.clocks.assess({ id: reference, dueAt: next }, next);
    }
    return state;
  }

  private async close(
    { id, outcome, closure }: ImportedRecord,
    reference: Reference,
    at: Instant,
    state: CaseState,
  ): Promise<Refusal | null> {
    if (state.exists && state.status === 'closed') return null;
    const round = state.exists ? state.round : 1;
    if (!state.exists || state.status !== 'resolved') {
      const refused = await this.send({ id, round, reference, name: 'resolve', body: { outcome, note: closure }, at, recordedAt: at });
      if (refused !== null) return refused;
    }
    return this.send({ id, round, reference, name: 'close', body: {}, at, recordedAt: at });
  }

  private correct(record: ImportedRecord, known: KnownRecord): Promise<Refusal | null> {
    const { id, closedAt, outcome, closure, department } = record;
    const { until } = this;
    assert(known.case !== null, 'a record that has changed has a case');
    const when = instantOfChange(record, until);
    const body = {
      changedAt: when,
      department: department ?? known.department,
      closing: closedAt === null ? null : { at: closedAt, outcome, note: closure },
      until,
    };
    const { reference } = known;
    // The correction is known since this import, whenever the record was changed.
    return this.send({ id, round: known.case.round + 1, reference, name: 'correct', body, at: when, recordedAt: until });
  }

  private async send({ id, round, reference, name, body, at, recordedAt }: CaseCall): Promise<Refusal | null> {
    const { type } = CASE_COMMANDS.commands[name];
    const envelope = {
      commandId: round === 1 ? deterministicId(this.source, id, type) : deterministicId(this.source, id, type, String(round)),
      actor: this.actor,
      correlationId: reference,
      recordedAt,
    };
    const outcome = await this.gateway.send(CASE_COMMANDS, reference, name, body, at, envelope);
    return outcome.outcome === 'rejected' ? refusal(name, outcome) : null;
  }
}

interface CaseCall {
  readonly id: string;
  readonly round: number;
  readonly reference: Reference;
  readonly name: CaseCommandName | 'correct';
  readonly body: object;
  readonly at: Instant;
  readonly recordedAt: Instant;
}

/** When a record was changed: when its file says so, but not before it was opened, nor after its end or the instant of the import. */
function instantOfChange({ openedAt, closedAt, changedAt }: ImportedRecord, until: Instant): Instant {
  const latest = closedAt !== null && closedAt < until ? closedAt : until;
  return laterOf(openedAt, changedAt !== null && changedAt < latest ? changedAt : latest);
}

interface Refusal {
  readonly refused: string;
}

const refusal = (name: string, { code, detail }: { readonly code: string; readonly detail: string }): Refusal => ({
  refused: `${name}: ${code}: ${detail}`,
});

const milestoneOf = (state: CaseState): Instant | null => (state.exists ? (nextMilestone(state)?.dueAt ?? null) : null);
