import { Module, type DynamicModule } from '@nestjs/common';
import { Catalog } from '@onedoor/intake';
import type { Config } from '@onedoor/platform';
import { HOME_OPTIONS, type HomeOptions } from './home-options.js';
import { HomeController } from './home.controller.js';

/** The first page of the product. */
@Module({})
export class HomeModule {
  static of({ ONEDOOR_DEMO }: Config): DynamicModule {
    const options: HomeOptions = { isDemo: ONEDOOR_DEMO };
    return { module: HomeModule, controllers: [HomeController], providers: [Catalog, { provide: HOME_OPTIONS, useValue: options }] };
  }
}
