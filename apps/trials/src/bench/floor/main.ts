import 'reflect-metadata';
import { Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { openMemory, systemClock, systemEntropy } from '@onedoor/adapters';
import { ApiKeys, ReportController, SubmissionDesk, type Report, type Submitted } from '@onedoor/intake';
import { LIMITS, makeReference } from '@onedoor/kernel';
import { ClientLimits, PORTS, type Ports } from '@onedoor/platform';

/** The floor of the intake row: Nest, Fastify, validation and answers like the product's, without any storage. */
class EmptyDesk {
  private count = 0;

  async submit(report: Report): Promise<Submitted> {
    this.count += 1;
    const service = {
      code: report.serviceCode,
      name: '',
      description: '',
      group: '',
      keywords: [],
      visibility: 'public',
      descriptions: 'public',
    } as const;
    return { outcome: 'submitted', reference: makeReference(9_500, this.count), service, isNew: true };
  }
}

const ports: Ports = {
  ...openMemory(),
  clock: systemClock,
  entropy: systemEntropy,
  alarm: () => undefined,
  dependencies: [],
  jurisdiction: 'bench',
};

@Module({
  controllers: [ReportController],
  providers: [
    { provide: PORTS, useValue: ports },
    { provide: ApiKeys, useValue: new ApiKeys(['demo-key']) },
    { provide: SubmissionDesk, useClass: EmptyDesk },
    { provide: ClientLimits, useValue: new ClientLimits(0, systemClock) },
  ],
})
class FloorModule {}

const app = await NestFactory.create<NestFastifyApplication>(FloorModule, new FastifyAdapter({ bodyLimit: LIMITS.bodyBytes }), {
  logger: ['error'],
});
app
  .getHttpAdapter()
  .getInstance()
  .get('/healthz', async () => ({ status: 'ok' }));
await app.listen(Number(process.env['PORT']), '127.0.0.1');
process.stdout.write('The floor is open\n');
