import type { PipeTransform } from '@nestjs/common';
import { RequestProblem } from '@onedoor/platform';

/** For commands that say everything by their path: what is sent besides is refused, before somebody believes that it was kept. */
export const noBody: PipeTransform<unknown, null> = {
  transform(body) {
    if (body === undefined || body === null) return null;
    const [field] = typeof body === 'object' ? Object.keys(body) : ['body'];
    if (field !== undefined) throw new RequestProblem(400, [`${field.slice(0, 100)}: there is no such field`]);
    return null;
  },
};
