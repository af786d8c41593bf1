import { Controller, Headers, Post, Redirect } from '@nestjs/common';
import { Anyone, Describe, RequestProblem } from '@onedoor/platform';
import { Drip } from './drip.js';
import { isSameOrigin } from './same-origin.js';

type RequestHeaders = Readonly<Record<string, string | undefined>>;

const BACK = { answers: { 303: { says: 'Done: back to the first page.' } }, refuses: { 403: ['OTHER_ORIGIN'] } };

/** Lets whoever looks at the demo hold it and let it go on, by the forms of the first page. Registered only in a demo. */
@Anyone()
@Controller('demo/drip')
@Describe({ tag: 'Demonstration' })
export class DripController {
  constructor(private readonly drip: Drip) {}

  @Post('pause')
  @Redirect('/', 303)
  @Describe({ summary: 'Hold the demo', ...BACK })
  pause(@Headers() headers: RequestHeaders): void {
    refuseOthers(headers);
    this.drip.pause();
  }

  @Post('resume')
  @Redirect('/', 303)
  @Describe({ summary: 'Let the demo go on, for as many cases again', ...BACK })
  resume(@Headers() headers: RequestHeaders): void {
    refuseOthers(headers);
    this.drip.resume();
  }
}

function refuseOthers(headers: RequestHeaders): void {
  if (!isSameOrigin(headers)) throw new RequestProblem(403, ['The form must be sent by the first page itself'], { code: 'OTHER_ORIGIN' });
}
