import { Module, type DynamicModule } from '@nestjs/common';
import { isOutbox } from '@onedoor/engine';
import { HOME_SECTIONS } from '@onedoor/intake';
import { ALL_PORTS, DEMO_KEY, type Config, type Ports } from '@onedoor/platform';
import { demoSections } from './page/sections.js';
import { TrafficController } from './traffic/traffic.controller.js';
import { Traffic, TRAFFIC_OPTIONS, type TrafficOptions } from './traffic/traffic.js';

/** The sections of the demo on the first page, and new cases as time goes on. */
@Module({})
export class DemoModule {
  /** `isWhole`: whether the process holds all contexts. Only then cases come in by themselves. */
  static of(
    { mailer }: Ports,
    { ONEDOOR_DEMO_DRIP_SECONDS: seconds, ONEDOOR_OPEN311_KEYS: keys }: Config,
    isWhole: boolean,
  ): DynamicModule {
    const hasOutbox = isOutbox(mailer);
    const options: TrafficOptions = { seconds, withContacts: hasOutbox };
    const hasTraffic = isWhole && seconds > 0;
    // A key that the city chose is secret, and stands on no page.
    const apiKey = keys.includes(DEMO_KEY) ? DEMO_KEY : '<your api key>';
    return {
      module: DemoModule,
      global: true,
      controllers: hasTraffic ? [TrafficController] : [],
      providers: [
        ...(hasTraffic ? [Traffic, { provide: TRAFFIC_OPTIONS, useValue: options }] : []),
        {
          provide: HOME_SECTIONS,
          inject: [ALL_PORTS, { token: Traffic, optional: true }],
          useFactory: (ports: Ports, traffic: Traffic | undefined) =>
            demoSections({ ports, isWhole, hasOutbox, apiKey, traffic: traffic ?? null }),
        },
      ],
      exports: [HOME_SECTIONS],
    };
  }
}
