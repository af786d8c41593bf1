import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { Executor, type Envelope, type Executed } from '@onedoor/engine';
import type { Reference, Rejection } from '@onedoor/kernel';
import type { CaseCommand } from './command.js';
import type { CaseState } from './state.js';
import { CASE } from '../aggregates.js';

/** A command for one case, with who asks and why. Whatever the decider needs to know is already in it. */
export class CaseMessage {
  constructor(
    readonly reference: Reference,
    readonly command: CaseCommand,
    readonly envelope: Envelope,
  ) {}
}

@CommandHandler(CaseMessage)
export class CaseHandler implements ICommandHandler<CaseMessage> {
  constructor(private readonly executor: Executor) {}

  execute({ reference, command, envelope }: CaseMessage): Promise<Executed<CaseState> | Rejection> {
    return this.executor.execute(CASE, reference, command, envelope, { expectsNew: command.type === 'OpenCase' });
  }
}
