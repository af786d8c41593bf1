import { Inject, Injectable, Optional, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { Principal, Role } from '@onedoor/kernel';
import { RequestProblem } from '../http/problem.js';
import { ACCESS_RULE, type AccessRule, type RequestWithPrincipal } from './access-rule.js';
import { OperatorAccess, type OperatorRequest } from './operator-access.js';
import { AUTHENTICATOR, bearerOf, type Authenticator } from './authenticator.js';

/** Checks every route's access rule before its handler runs. A route without a rule is refused. */
@Injectable()
export class AccessGuard implements CanActivate {
  constructor(
    private readonly reflector: Reflector,
    @Inject(AUTHENTICATOR) private readonly authenticator: Authenticator,
    @Optional() @Inject(OperatorAccess) private readonly operators: OperatorAccess | null = null,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const rule = this.reflector.getAllAndOverride<AccessRule | undefined>(ACCESS_RULE, [context.getHandler(), context.getClass()]);
    if (rule === undefined) throw new RequestProblem(403, ['This route declares no access rule'], { code: 'ACCESS_NOT_DECLARED' });
    if ('anyone' in rule) return true;
    if ('operators' in rule) return this.admitOperator(context.switchToHttp().getRequest<OperatorRequest>());
    const request = context.switchToHttp().getRequest<RequestWithPrincipal>();
    const principal = await admitted(rule.roles, this.authenticator, request);
    request.principal = principal;
    const bearer = bearerOf(request.headers);
    request.isStillAllowed = async () => isSame(principal, await this.authenticator.authenticate({ bearer }));
    return true;
  }

  private admitOperator(request: OperatorRequest): true {
    if (this.operators?.admits(request) === true) return true;
    throw new RequestProblem(401, ['Authorization: this is for the operator of the process, by their token or on their port'], {
      code: 'OPERATORS_ONLY',
    });
  }
}

/** The principal of a request, where its role may call the route. Throws a 401 or 403. */
export async function admitted(
  roles: readonly Role[],
  authenticator: Authenticator,
  { headers }: Pick<RequestWithPrincipal, 'headers'>,
): Promise<Principal> {
  const principal = await authenticator.authenticate({ bearer: bearerOf(headers) });
  if (principal === null) throw notSignedIn();
  if (roles.includes(principal.role)) return principal;
  throw new RequestProblem(403, [`The role ${principal.role} may not do this`], { code: 'ROLE_NOT_ALLOWED' });
}

export const notSignedIn = (): RequestProblem =>
  new RequestProblem(401, ['Authorization: a valid bearer token is required'], { code: 'NOT_SIGNED_IN' });

const isSame = (one: Principal, other: Principal | null): boolean =>
  other !== null && one.kind === other.kind && one.id === other.id && one.role === other.role && one.department === other.department;
