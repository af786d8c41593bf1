import { Module, type DynamicModule } from '@nestjs/common';
import { isOutbox } from '@onedoor/engine';
import { Catalog } from '@onedoor/intake';
import { DEMO_KEY, type Config, type Ports } from '@onedoor/platform';
import { DemoModule } from '../demo/demo.module.js';
import { HOME_OPTIONS, type HomeOptions } from './home-options.js';
import { HomeController } from './home.controller.js';

/** The first page of the product. */
@Module({})
export class HomeModule {
  static of(ports: Ports, config: Config): DynamicModule {
    const { ONEDOOR_DEMO: isDemo, ONEDOOR_DEMO_DRIP_SECONDS: dripSeconds, ONEDOOR_OPEN311_KEYS: keys } = config;
    const hasOutbox = isOutbox(ports.mailer);
    // A key that somebody chose is theirs, and stands on no page.
    const options: HomeOptions = { isDemo, hasOutbox, apiKey: keys.includes(DEMO_KEY) ? DEMO_KEY : '<your api key>' };
    return {
      module: HomeModule,
      imports: isDemo && dripSeconds > 0 ? [DemoModule.of({ seconds: dripSeconds, withContacts: hasOutbox })] : [],
      controllers: [HomeController],
      providers: [Catalog, { provide: HOME_OPTIONS, useValue: options }],
    };
  }
}
