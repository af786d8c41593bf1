import { createParamDecorator, SetMetadata, type CustomDecorator, type ExecutionContext } from '@nestjs/common';
import type { Principal, Role } from './principal.js';

/** Who may call a route. Every route declares it, by itself or by its controller; one that does not is answered to nobody. */
export type AccessRule = { readonly anyone: true } | { readonly roles: readonly Role[] };

/** Metadata key of a route's rule. */
export const ACCESS_RULE = 'onedoor:access-rule';

/** Open to everyone, without a word about who asks. */
export const Anyone = (): CustomDecorator => SetMetadata(ACCESS_RULE, { anyone: true } satisfies AccessRule);

/** Open to whoever signed in with one of these roles. On whose cases is decided behind it, case by case. */
export const Allow = (...roles: readonly Role[]): CustomDecorator => SetMetadata(ACCESS_RULE, { roles } satisfies AccessRule);

/** The request as the guard leaves it. */
export interface RequestWithPrincipal {
  readonly headers: { readonly authorization?: string | undefined };
  principal?: Principal;
}

/** The principal who calls a route that is not open to anyone. */
export const CurrentPrincipal = createParamDecorator((_: unknown, context: ExecutionContext): Principal => {
  const { principal } = context.switchToHttp().getRequest<RequestWithPrincipal>();
  if (principal === undefined) throw new Error('Broken guarantee: only a route with roles asks who calls it');
  return principal;
});
