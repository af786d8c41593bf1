import { RequestMethod, type INestApplicationContext } from '@nestjs/common';
import { MetadataScanner, ModulesContainer, Reflector } from '@nestjs/core';
import { ACCESS_RULE, type AccessRule } from './access-rule.js';

/** A route as its controller declares it. */
export interface DeclaredRoute {
  /** `GET`, `POST` and so on. */
  readonly method: string;
  /** With its parameters as they are written, such as `/api/v1/accounts/:id`. */
  readonly path: string;
  /** Who may call it; null where nothing is declared: the guard then refuses every call. */
  readonly rule: AccessRule | null;
}

/** A route with the code that answers it. */
export interface HandledRoute extends DeclaredRoute {
  readonly controller: Controller;
  /** The method of the controller, and its name. */
  readonly handler: Handler;
  readonly name: string;
}

export type Controller = (abstract new (...parameters: never[]) => unknown) & { readonly prototype: Readonly<Record<string, Handler>> };

export type Handler = (...parameters: never[]) => unknown;

/** The metadata keys under which Nest's decorators store a route's method and path. */
const METHOD = 'method';
const PATH = 'path';

/** Every route of an application, found by walking all its controllers, so that no list of routes can miss one. */
export const routesOf = (app: INestApplicationContext): readonly DeclaredRoute[] =>
  handledRoutesOf(app).map(({ method, path, rule }) => ({ method, path, rule }));

/** The same, with the code behind each. */
export function handledRoutesOf(app: INestApplicationContext): readonly HandledRoute[] {
  const controllers = [...app.get(ModulesContainer).values()].flatMap((module) => [...module.controllers.values()]);
  return controllers.flatMap(({ metatype }) =>
    typeof metatype === 'function' ? routesOfController(metatype as unknown as Controller) : [],
  );
}

/** The routes of one controller, whether or not an application holds it. */
export function routesOfController(controller: Controller): readonly HandledRoute[] {
  const reflector = new Reflector();
  return new MetadataScanner().getAllMethodNames(controller.prototype).flatMap((name) => {
    const handler = controller.prototype[name] as Handler;
    const method = Reflect.getMetadata(METHOD, handler) as RequestMethod | undefined;
    if (method === undefined) return [];
    const rule = reflector.getAllAndOverride<AccessRule | undefined>(ACCESS_RULE, [handler, controller]) ?? null;
    const prefixes = pathsOf(controller);
    return prefixes.flatMap((prefix) =>
      pathsOf(handler).map((path) => ({
        method: RequestMethod[method] ?? 'ALL',
        path: join(prefix, path),
        rule,
        controller,
        handler,
        name,
      })),
    );
  });
}

const pathsOf = (target: object): readonly string[] => [Reflect.getMetadata(PATH, target) as string | readonly string[]].flat();

const join = (...parts: readonly string[]): string =>
  `/${parts
    .flatMap((part) => part.split('/'))
    .filter((part) => part !== '')
    .join('/')}`;
