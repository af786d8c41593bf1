import { Module, type DynamicModule } from '@nestjs/common';
import { Readings } from './access-log/readings.js';
import type { AuditedStream } from './audited-stream.js';
import { AUDITED_STREAMS_OPTION, AuditController } from './http/audit.controller.js';

/** Reads all streams, in the words that each context has for its own; writes only who read what. */
@Module({})
export class AuditModule {
  static of(streams: readonly AuditedStream[]): DynamicModule {
    return {
      module: AuditModule,
      controllers: [AuditController],
      providers: [{ provide: AUDITED_STREAMS_OPTION, useValue: streams }, Readings],
    };
  }
}
