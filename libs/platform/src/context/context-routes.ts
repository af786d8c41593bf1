import type { Type } from '@nestjs/common';
import { routesOfController, type Controller, type HandledRoute } from '../access/routes-of.js';
import { commandControllersOf } from './context-module.js';
import type { Context } from './define-context.js';

/** All controllers of a context: of its reads and pages, of a demonstration, and of its commands. */
const controllersOf = (context: Context): readonly Type[] => [
  ...context.http,
  ...(context.demoHttp ?? []),
  ...commandControllersOf(context),
];

/** Every route of a context, with the code that answers it. Of the value alone: nothing is started. */
export const routesOfContext = (context: Context): readonly HandledRoute[] =>
  controllersOf(context).flatMap((controller) => routesOfController(controller as unknown as Controller));
