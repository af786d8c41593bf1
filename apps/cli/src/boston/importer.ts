import type { Outcome } from '@onedoor/contracts';
import type { INestApplicationContext } from '@nestjs/common';
import { deterministicId, Executor } from '@onedoor/engine';
import { SubmissionDesk } from '@onedoor/intake';
import type { Actor, Instant, Reference } from '@onedoor/kernel';
import { CommandGateway, ALL_PORTS, WorkerRunner, type Ports } from '@onedoor/platform';
import { CASE, CASE_COMMANDS, Clocks, nextMilestone, type CaseCommandName, type CaseState } from '@onedoor/routing';
import type { CityFile } from './city-file.js';
import type { BostonRecord } from './record.js';

/** The source system of the imported requests, by which `replay boston-311:<case_enquiry_id>` finds them. */
export const SOURCE = 'boston-311';

export const IMPORTER: Actor = { role: 'importer', id: SOURCE };

/**
 * Imports records at their own instants: each is submitted and routed, its clock's milestones are assessed, and it is closed where the
 * record is. Command ids are derived from the record, so an import that was killed resumes and ends like an uninterrupted one.
 */
export class BostonImporter {
  private readonly desk: SubmissionDesk;
  private readonly runner: WorkerRunner;
  private readonly gateway: CommandGateway;
  private readonly executor: Executor;
  private readonly clocks: Clocks;
  private readonly outcomes: readonly { readonly pattern: RegExp; readonly outcome: Outcome }[];

  constructor(
    app: INestApplicationContext,
    private readonly city: CityFile,
  ) {
    this.desk = app.get(SubmissionDesk);
    this.runner = app.get(WorkerRunner);
    this.gateway = app.get(CommandGateway);
    this.clocks = app.get(Clocks);
    const { store, jurisdiction } = app.get<Ports>(ALL_PORTS);
    this.executor = new Executor(store, jurisdiction);
    this.outcomes = city.outcomes.map(({ pattern, outcome }) => ({ pattern: new RegExp(pattern, 'i'), outcome }));
  }

  /** Imports a window of records concurrently, because their order in the log has no meaning. Throws where a record is refused. */
  async importWindow(records: readonly BostonRecord[]): Promise<void> {
    const references = await Promise.all(records.map((record) => this.submit(record)));
    await this.runner.settle();
    await Promise.all(records.map((record, index) => this.complete(record, references[index] ?? '')));
  }

  /** Brings every consumer and read model to the end of the log. */
  async finish(): Promise<void> {
    await this.runner.bringUpToDate();
  }

  private async submit(record: BostonRecord): Promise<Reference> {
    const { id, openedAt: at, lat, long, address } = record;
    const submitted = await this.desk.submit(
      {
        serviceCode: record.type,
        channel: (Object.hasOwn(this.city.channels, record.source) ? this.city.channels[record.source] : undefined) ?? 'integration',
        location: lat === null && address === null ? null : { lat, long, address, addressId: null },
        description: null,
        mediaUrl: null,
        contact: null,
        language: 'en',
        department: record.department,
        source: { system: SOURCE, id },
      },
      { actor: IMPORTER, caller: SOURCE, idempotencyKey: id, at, recordedAt: at },
    );
    if (submitted.outcome === 'rejected') throw new Error(`${SOURCE}:${id}: ${submitted.code}: ${submitted.detail}`);
    return submitted.reference;
  }

  /** Assesses the clock's milestones in order, as the ticker would: up to the closing, or all of them where the record is open. */
  private async complete(record: BostonRecord, reference: Reference): Promise<void> {
    let { state } = await this.executor.load(CASE, reference);
    for (let next = milestoneOf(state); next !== null; next = milestoneOf(state)) {
      if (record.closedAt !== null && next >= record.closedAt) break;
      state = await this.clocks.assess({ id: reference, dueAt: next }, next);
    }
    if (record.closedAt !== null && !(state.exists && state.status === 'closed')) await this.close(record, reference, record.closedAt);
  }

  private async close({ id, closureReason }: BostonRecord, reference: Reference, at: Instant): Promise<void> {
    const outcome = this.outcomes.find(({ pattern }) => pattern.test(closureReason))?.outcome ?? this.city.otherOutcome;
    await this.command(id, reference, 'resolve', { outcome, note: closureReason === '' ? null : closureReason }, at);
    await this.command(id, reference, 'close', {}, at);
  }

  private async command(id: string, reference: Reference, name: CaseCommandName, body: object, at: Instant): Promise<void> {
    const envelope = {
      commandId: deterministicId(SOURCE, id, CASE_COMMANDS.commands[name].type),
      actor: IMPORTER,
      correlationId: reference,
      recordedAt: at,
    };
    const outcome = await this.gateway.send(CASE_COMMANDS, reference, name, body, at, envelope);
    if (outcome.outcome === 'rejected') throw new Error(`${SOURCE}:${id}: ${name}: ${outcome.code}: ${outcome.detail}`);
  }
}

const milestoneOf = (state: CaseState): Instant | null => (state.exists ? (nextMilestone(state)?.dueAt ?? null) : null);
