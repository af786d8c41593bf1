import { Module, type DynamicModule } from '@nestjs/common';
import { ObserveModule, OperatorAccess, PortsModule, WorkersModule, type Config, type Observation, type Ports } from '@onedoor/platform';
import type { Service } from './service.js';

/** The root of a process: its service's contexts over the ports, workers, health and figures. */
@Module({})
export class ServiceModule {
  static of(service: Service, ports: Ports, config: Config, observation: Observation): DynamicModule {
    return {
      module: ServiceModule,
      imports: [
        PortsModule.of(ports, observation, config.ONEDOOR_RATE_LIMIT),
        WorkersModule,
        ObserveModule.of(observation.metrics, operatorsOf(config)),
        ...service.modules(ports, config),
      ],
    };
  }
}

const operatorsOf = ({ ONEDOOR_OPERATOR_TOKEN, ONEDOOR_OPERATOR_PORT, ONEDOOR_DEMO }: Config): OperatorAccess =>
  new OperatorAccess({ token: ONEDOOR_OPERATOR_TOKEN, port: ONEDOOR_OPERATOR_PORT, isDemo: ONEDOOR_DEMO });
