import { Catch, Inject, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import { PORTS, problemOf, type Ports, type Reply } from '@onedoor/platform';
import { Open311Problem } from './open311-problem.js';
import { renderList, type Format } from './render.js';

/** Open311's own error form: `<errors><error><code/><description/></error></errors>`, or the same as a bare JSON array. */
@Catch()
export class Open311Filter implements ExceptionFilter {
  constructor(@Inject(PORTS) private readonly ports: Ports) {}

  catch(thrown: unknown, host: ArgumentsHost): void {
    const { status, detail, retryAfterSeconds } = problemOf(thrown, this.ports.alarm);
    const descriptions = thrown instanceof Open311Problem ? thrown.descriptions : [detail];
    const url = host.switchToHttp().getRequest<{ url: string }>().url;
    const { contentType, body } = renderList(
      formatOf(url),
      'errors',
      'error',
      descriptions.map((description) => ({ code: status, description })),
    );
    const reply = host.switchToHttp().getResponse<Reply>();
    if (retryAfterSeconds !== undefined) reply.header('retry-after', String(retryAfterSeconds));
    reply.code(status).type(contentType).send(body);
  }
}

const formatOf = (url: string): Format => (/\.xml(\?|$)/.test(url) ? 'xml' : 'json');
