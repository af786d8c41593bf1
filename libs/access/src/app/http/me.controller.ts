import { Controller, Get, Header } from '@nestjs/common';
import { Allow, CurrentPrincipal, ROLES, type Principal } from '@onedoor/platform';

/** Who asks, as the door knows them. */
@Controller('api/v1/me')
export class MeController {
  @Get()
  @Allow(...ROLES)
  @Header('cache-control', 'no-store')
  me(@CurrentPrincipal() { id, kind, role, department }: Principal): Principal {
    return { id, kind, role, department };
  }
}
