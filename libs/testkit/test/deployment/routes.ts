import { CONTEXTS, type Context } from '../contexts.js';

/** A path that a context answers, or every process. */
export interface Route {
  /** With `x` for what is variable. */
  readonly path: string;
  readonly method: string;
  /** The context, or null: every process answers it, for its operators. */
  readonly context: string | null;
  /** Whether its answer has no end. */
  readonly isStream: boolean;
}

interface HandledRoute {
  readonly method: string;
  readonly path: string;
  readonly controller: object;
  readonly handler: object;
}

// By path: the testkit depends on no platform.
const platform = '../../../platform/src/';
const { routesOfContext } = (await import(`${platform}context/context-routes.js`)) as {
  routesOfContext(context: Context): readonly HandledRoute[];
};
const { routesOfController } = (await import(`${platform}access/routes-of.js`)) as {
  routesOfController(controller: object): readonly HandledRoute[];
};
const { ObserveController } = (await import(`${platform}observe/observe.controller.js`)) as { readonly ObserveController: object };
const { descriptionOf } = (await import(`${platform}openapi/description.js`)) as {
  descriptionOf(controller: object, handler: object): { readonly answer?: { readonly content?: object } };
};

/** Every route of every context, as the controllers of its value declare it, and those of every process. */
export const ROUTES: readonly Route[] = [
  ...CONTEXTS.flatMap((context) => routesOfContext(context).map((route) => routeOf(route, context.name))),
  ...routesOfController(ObserveController).map((route) => routeOf(route, null)),
];

function routeOf({ method, path, controller, handler }: HandledRoute, context: string | null): Route {
  const isStream = 'text/event-stream' in (descriptionOf(controller, handler).answer?.content ?? {});
  return { method, path: path.replaceAll(/:\w+/g, 'x'), context, isStream };
}
