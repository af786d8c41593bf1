import { createParamDecorator, SetMetadata, type CustomDecorator, type ExecutionContext } from '@nestjs/common';
import type { Principal, Role } from '@onedoor/kernel';

/** Who may call a route. Every route declares it, by itself or by its controller; one that declares none is refused to every caller. */
export type AccessRule = { readonly anyone: true } | { readonly operators: true } | { readonly roles: readonly Role[] };

/** Metadata key of a route's rule. */
export const ACCESS_RULE = 'onedoor:access-rule';

/** Open to every caller: no credentials are read. */
export const Anyone = (): CustomDecorator => SetMetadata(ACCESS_RULE, { anyone: true } satisfies AccessRule);

/** Open to the operator of the process: by a token or a port of their own. */
export const Operators = (): CustomDecorator => SetMetadata(ACCESS_RULE, { operators: true } satisfies AccessRule);

/** Open to principals with one of these roles. Which cases they may act on is decided behind the route, case by case. */
export const Allow = (...roles: readonly Role[]): CustomDecorator => SetMetadata(ACCESS_RULE, { roles } satisfies AccessRule);

/** The part of Fastify's request that the guard reads and completes. */
export interface RequestWithPrincipal {
  readonly headers: { readonly authorization?: string | undefined };
  principal?: Principal;
  /** Whether the caller is the same principal as when it was admitted, with the same role and department. */
  isStillAllowed?: StillAllowed;
}

/** Asks anew for the right to an answer that lasts, such as a stream. Throws `Unavailable` where it cannot be found out now. */
export type StillAllowed = () => Promise<boolean>;

/** The principal who calls a route that is restricted to roles. */
export const CurrentPrincipal = createParamDecorator((_: unknown, context: ExecutionContext): Principal => {
  const { principal } = context.switchToHttp().getRequest<RequestWithPrincipal>();
  if (principal === undefined) throw new Error('Broken guarantee: only a route with roles asks who calls it');
  return principal;
});

/** How the handler of a stream finds out whether its caller still has the right to it. */
export const RightToGoOn = createParamDecorator((_: unknown, context: ExecutionContext): StillAllowed => {
  const { isStillAllowed } = context.switchToHttp().getRequest<RequestWithPrincipal>();
  if (isStillAllowed === undefined) throw new Error('Broken guarantee: only a route with roles asks who calls it');
  return isStillAllowed;
});
