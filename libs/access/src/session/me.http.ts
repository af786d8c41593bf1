import { Controller, Get, Header } from '@nestjs/common';
import { Allow, CurrentPrincipal, Describe, ROLES, type Principal } from '@onedoor/platform';
import { WHO_ASKS } from '../answers.http.js';

/** Who asks, as the door knows them. */
@Controller('api/v1/me')
export class MeController {
  @Get()
  @Allow(...ROLES)
  @Describe({ tag: 'Sessions', summary: 'Who asks, as the door knows them', answer: WHO_ASKS })
  @Header('cache-control', 'no-store')
  me(@CurrentPrincipal() { id, kind, role, department }: Principal): Principal {
    return { id, kind, role, department };
  }
}
