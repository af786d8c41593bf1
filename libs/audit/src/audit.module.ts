import { Module, type DynamicModule } from '@nestjs/common';
import { Readings } from './reading/readings.service.js';
import type { AuditedStream } from './history/audited-stream.js';
import { AUDITED_STREAMS_OPTION, AuditController } from './history/history.http.js';

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
