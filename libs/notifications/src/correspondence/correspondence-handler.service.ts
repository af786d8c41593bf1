import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { Executor, type Envelope, type Executed } from '@onedoor/engine';
import type { Reference, Rejection } from '@onedoor/kernel';
import type { CorrespondenceCommand } from './command.js';
import type { CorrespondenceState } from './state.js';
import { CORRESPONDENCE } from '../aggregates.js';

/** A command for the correspondence about one request, with who asks and why. */
export class CorrespondenceMessage {
  constructor(
    readonly reference: Reference,
    readonly command: CorrespondenceCommand,
    readonly envelope: Envelope,
  ) {}
}

@CommandHandler(CorrespondenceMessage)
export class CorrespondenceHandler implements ICommandHandler<CorrespondenceMessage> {
  constructor(private readonly executor: Executor) {}

  execute({ reference, command, envelope }: CorrespondenceMessage): Promise<Executed<CorrespondenceState> | Rejection> {
    return this.executor.execute(CORRESPONDENCE, reference, command, envelope);
  }
}
