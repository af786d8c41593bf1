import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { Executor, type Envelope, type Executed } from '@onedoor/engine';
import type { Reference, Rejection } from '@onedoor/kernel';
import type { FactCommand } from './command.js';
import type { FactState } from './state.js';
import { FACT } from '../aggregates.js';

/** A command for the facts of one reference, with who asks and why. */
export class FactMessage {
  constructor(
    readonly reference: Reference,
    readonly command: FactCommand,
    readonly envelope: Envelope,
  ) {}
}

@CommandHandler(FactMessage)
export class FactHandler implements ICommandHandler<FactMessage> {
  constructor(private readonly executor: Executor) {}

  execute({ reference, command, envelope }: FactMessage): Promise<Executed<FactState> | Rejection> {
    return this.executor.execute(FACT, reference, command, envelope, { expectsNew: command.type === 'RecordSubmission' });
  }
}
