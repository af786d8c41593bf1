import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { Executor, type Envelope, type Executed } from '@onedoor/engine';
import type { Reference, Rejection } from '@onedoor/kernel';
import type { ServiceRequestCommand } from './command.js';
import type { ServiceRequestState } from './decider.js';
import { SERVICE_REQUEST } from '../aggregates.js';

/** A command for one request, with who asks and why. */
export class ServiceRequestMessage {
  constructor(
    readonly reference: Reference,
    readonly command: ServiceRequestCommand,
    readonly envelope: Envelope,
  ) {}
}

@CommandHandler(ServiceRequestMessage)
export class ServiceRequestHandler implements ICommandHandler<ServiceRequestMessage> {
  constructor(private readonly executor: Executor) {}

  execute({ reference, command, envelope }: ServiceRequestMessage): Promise<Executed<ServiceRequestState> | Rejection> {
    return this.executor.execute(SERVICE_REQUEST, reference, command, envelope, { expectsNew: command.type === 'SubmitServiceRequest' });
  }
}
