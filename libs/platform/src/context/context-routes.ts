import type { Type } from '@nestjs/common';
import { assert } from '@onedoor/kernel';
import { routesOfController, type Controller, type HandledRoute } from '../access/routes-of.js';
import { commandController } from '../commands/command-routes.js';
import type { Context } from './define-context.js';

/** Every route of a context, with the code that answers it. Read from the context's value: no application is started. */
export const routesOfContext = (context: Context): readonly HandledRoute[] =>
  controllersOf(context).flatMap((controller) => routesOfController(controller as unknown as Controller));

/** All controllers of a context: of its reads and pages, of a demonstration, and of its commands. */
const controllersOf = (context: Context): readonly Type[] => [
  ...context.http,
  ...(context.demoHttp ?? []),
  ...commandControllersOf(context),
];

/** The controllers that are made from the definitions of a context's commands. */
export const commandControllersOf = ({ aggregates }: Context): readonly Type[] =>
  aggregates.flatMap(({ commands, answers, of }) => {
    const hasRoutes = Object.values(commands.commands).some(({ roles }) => roles.length > 0);
    assert(!hasRoutes || answers !== undefined, `the routes of ${of.category} answer something`);
    return answers === undefined ? [] : [commandController(commands, answers)];
  });
