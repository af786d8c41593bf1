import type { INestApplicationContext } from '@nestjs/common';
import type { Role } from '@onedoor/kernel';
import { handledRoutesOf, type HandledRoute } from '../access/routes-of.js';
import { descriptionOf } from '../openapi/description.js';
import { inputsOf } from '../openapi/handler-inputs.js';
import { queryOf } from '../openapi/operation.js';
import { JSON_TYPE } from './parse-bodies.js';

/** What the edge must know of a route before a byte of its body is read. */
export interface EdgeRoute {
  readonly method: string;
  /** With its parameters as they are written. */
  readonly path: string;
  /** The media types that it takes a body in. */
  readonly mediaTypes: readonly string[];
  /** The parameters of its query. */
  readonly query: ReadonlySet<string>;
  /** The roles that may call it; null where it is open to more than roles, or to no one. */
  readonly roles: readonly Role[] | null;
  /** Whether it answers with an event stream, which writes its own head. */
  readonly isStream: boolean;
}

/** The routes of an application, by their patterns and by the paths that these match. */
export class RouteTable {
  private readonly byPattern: ReadonlyMap<string, EdgeRoute>;
  private readonly patterns: readonly { readonly path: RegExp; readonly method: string }[];

  constructor(routes: readonly EdgeRoute[]) {
    this.byPattern = new Map(routes.map((route) => [`${route.method} ${route.path}`, route]));
    this.patterns = routes.map(({ method, path }) => ({ method, path: patternOf(path) }));
  }

  static of(app: INestApplicationContext): RouteTable {
    return new RouteTable(handledRoutesOf(app).map(edgeRouteOf));
  }

  /** A route by its method and pattern. Every GET answers HEAD as well. */
  route(method: string, pattern: string): EdgeRoute | null {
    return this.byPattern.get(`${method === 'HEAD' ? 'GET' : method} ${pattern}`) ?? null;
  }

  /** The methods that a path answers, sorted, with those that follow from them; empty for a path that is none. */
  methodsAt(path: string): readonly string[] {
    const declared = this.patterns.filter((pattern) => pattern.path.test(path)).map(({ method }) => method);
    if (declared.length === 0) return [];
    return [...new Set([...declared, ...(declared.includes('GET') ? ['HEAD'] : []), 'OPTIONS'])].sort();
  }
}

function edgeRouteOf({ method, path, rule, controller, handler, name }: HandledRoute): EdgeRoute {
  const description = descriptionOf(controller, handler);
  const { body, answer } = description;
  return {
    method,
    path,
    mediaTypes: body?.mediaTypes ?? [JSON_TYPE],
    query: new Set(Object.keys(queryOf(description, inputsOf(controller, name)))),
    roles: rule !== null && 'roles' in rule ? rule.roles : null,
    isStream: 'text/event-stream' in (answer?.content ?? {}),
  };
}

/** Matches as the router does: a parameter is a part of one segment, and a slash at the end means nothing. */
const patternOf = (path: string): RegExp => {
  const literal = path.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&').replace(/\/$/, '');
  return new RegExp(`^${literal.replaceAll(/:\w+/g, '[^/]+')}/?$`);
};
