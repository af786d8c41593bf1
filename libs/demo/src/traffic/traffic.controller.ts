import { Controller, Headers, Post, Redirect } from '@nestjs/common';
import { Anyone, Describe, RequestProblem } from '@onedoor/platform';
import { Traffic } from './traffic.js';

type RequestHeaders = Readonly<Record<string, string | undefined>>;

const BACK = { answers: { 303: { says: 'Done: back to the first page.' } }, refuses: { 403: ['OTHER_ORIGIN'] } };

/** Holds the demo and lets it go on, by the forms of the first page. Registered only in a demo. */
@Anyone()
@Controller('demo/drip')
@Describe({ tag: 'Demonstration' })
export class TrafficController {
  constructor(private readonly traffic: Traffic) {}

  @Post('pause')
  @Redirect('/', 303)
  @Describe({ summary: 'Hold the demo', ...BACK })
  pause(@Headers() headers: RequestHeaders): void {
    refuseOthers(headers);
    this.traffic.pause();
  }

  @Post('resume')
  @Redirect('/', 303)
  @Describe({ summary: 'Let the demo go on, for as many cases again', ...BACK })
  resume(@Headers() headers: RequestHeaders): void {
    refuseOthers(headers);
    this.traffic.resume();
  }
}

function refuseOthers(headers: RequestHeaders): void {
  if (!isSameOrigin(headers)) throw new RequestProblem(403, ['The form must be sent by the first page itself'], { code: 'OTHER_ORIGIN' });
}

/**
 * Whether a form was sent by a page of this site or by a program, and not by a page of another site in a visitor's browser. Browsers say
 * it by `Sec-Fetch-Site` where they trust the connection, and by `Origin` everywhere; no page can forge either.
 */
export function isSameOrigin({ host, origin, 'sec-fetch-site': site }: RequestHeaders): boolean {
  if (site !== undefined) return site === 'same-origin' || site === 'none';
  if (origin === undefined) return true;
  return URL.parse(origin)?.host === host;
}
