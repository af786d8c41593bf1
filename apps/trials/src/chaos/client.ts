import { randomUUID } from 'node:crypto';
import type { Ledger } from './ledger.js';

/** An Open311 server to which the load is posted. */
interface IntakeEndpoint {
  readonly url: string;
  readonly apiKey: string;
  /** The service codes of the requests. */
  readonly services: readonly string[];
}

const PAUSE_MS = 25;
/** One in so many acknowledged requests is sent again at once. */
const RETRY_EVERY = 10;

/** Posts Open311 requests, each with its own idempotency key, and repeats each until it is acknowledged, through any server failure. */
export class Client {
  constructor(
    private readonly endpoint: IntakeEndpoint,
    private readonly ledger: Ledger,
  ) {}

  async run(signal: AbortSignal): Promise<void> {
    for (let sent = 1; !signal.aborted; sent++) {
      const key = randomUUID();
      await this.submit(key);
      if (sent % RETRY_EVERY === 0) await this.submit(key);
    }
  }

  /** Repeats one request until it is acknowledged. */
  async submit(key: string): Promise<void> {
    while ((await this.attempt(key)).reference === null) await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
  }

  /** Posts one request once. Throws where a good request is refused. */
  async attempt(key: string): Promise<Attempt> {
    let answer: Response;
    let text: string;
    try {
      answer = await fetch(`${this.endpoint.url}/open311/v2/requests.json`, {
        method: 'POST',
        body: this.bodyOf(key),
        headers: { 'idempotency-key': key },
      });
      text = await answer.text();
    } catch {
      return { reference: null, status: null, retryAfter: null };
    }
    const { ok, status } = answer;
    if (!ok && status < 500) throw new Error(`A good request was refused with ${status}: ${text}`);
    const reference = ok ? referenceIn(text) : null;
    if (reference !== null) this.ledger.acknowledge(key, reference);
    return { reference, status, retryAfter: answer.headers.get('retry-after') };
  }

  /** Derived from the key, so that a retry is identical. */
  private bodyOf(key: string): URLSearchParams {
    const { services } = this.endpoint;
    return new URLSearchParams({
      api_key: this.endpoint.apiKey,
      service_code: services[Number.parseInt(key.slice(0, 8), 16) % services.length] ?? '',
      lat: '42.35',
      long: '-71.06',
      description: `Seen by ${key}`,
      first_name: 'Ada',
      email: `${key}@example.org`,
    });
  }
}

/** What one attempt came to. */
export interface Attempt {
  /** Null where it was not acknowledged. */
  readonly reference: string | null;
  /** Null where no answer came. */
  readonly status: number | null;
  readonly retryAfter: string | null;
}

/** Null where an answer was cut off. */
function referenceIn(text: string): string | null {
  try {
    return (JSON.parse(text) as readonly { readonly service_request_id: string }[])[0]?.service_request_id ?? null;
  } catch {
    return null;
  }
}
