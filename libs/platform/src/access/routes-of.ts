import { RequestMethod, type INestApplicationContext } from '@nestjs/common';
import { MetadataScanner, ModulesContainer, Reflector } from '@nestjs/core';
import { ACCESS_RULE, type AccessRule } from './access-rule.js';

/** A route as its controller declares it. */
export interface DeclaredRoute {
  /** `GET`, `POST` and so on. */
  readonly method: string;
  /** With its parameters as they are written, such as `/api/v1/accounts/:id`. */
  readonly path: string;
  /** Who may call it; null where nothing is declared, so that it is answered to nobody. */
  readonly rule: AccessRule | null;
}

/** Where Nest's decorators leave what they are given. */
const METHOD = 'method';
const PATH = 'path';

type Handler = (...parameters: never[]) => unknown;

/** Every route of an application, found by walking all its controllers: none is missed because nobody listed it. */
export function routesOf(app: INestApplicationContext): readonly DeclaredRoute[] {
  const controllers = [...app.get(ModulesContainer).values()].flatMap((module) => [...module.controllers.values()]);
  return controllers.flatMap(({ metatype }) => (typeof metatype === 'function' ? routesOfController(metatype as unknown as Controller) : []));
}

type Controller = (abstract new (...parameters: never[]) => unknown) & { readonly prototype: Readonly<Record<string, Handler>> };

function routesOfController(controller: Controller): readonly DeclaredRoute[] {
  const reflector = new Reflector();
  return new MetadataScanner().getAllMethodNames(controller.prototype).flatMap((name) => {
    const handler = controller.prototype[name] as Handler;
    const method = Reflect.getMetadata(METHOD, handler) as RequestMethod | undefined;
    if (method === undefined) return [];
    const rule = reflector.getAllAndOverride<AccessRule | undefined>(ACCESS_RULE, [handler, controller]) ?? null;
    const prefixes = pathsOf(controller);
    return prefixes.flatMap((prefix) => pathsOf(handler).map((path) => ({ method: RequestMethod[method] ?? 'ALL', path: join(prefix, path), rule })));
  });
}

const pathsOf = (target: object): readonly string[] => [Reflect.getMetadata(PATH, target) as string | readonly string[]].flat();

const join = (...parts: readonly string[]): string => `/${parts.flatMap((part) => part.split('/')).filter((part) => part !== '').join('/')}`;
