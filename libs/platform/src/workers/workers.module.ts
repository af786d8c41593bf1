import { Global, Module } from '@nestjs/common';
import { WorkerRunner } from './worker-runner.js';

@Global()
@Module({ providers: [WorkerRunner], exports: [WorkerRunner] })
export class WorkersModule {}
