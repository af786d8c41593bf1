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

  /** The body is derived from the key, so a retry is identical. */
  async submit(key: string): Promise<void> {
    const { services } = this.endpoint;
    const body = new URLSearchParams({
      api_key: this.endpoint.apiKey,
      service_code: services[Number.parseInt(key.slice(0, 8), 16) % services.length] ?? '',
      lat: '42.35',
      long: '-71.06',
      description: `Seen by ${key}`,
      first_name: 'Ada',
      email: `${key}@example.org`,
    });
    for (;;) {
      const reference = await this.post(key, body);
      if (reference !== null) return this.ledger.acknowledge(key, reference);
      await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
    }
  }

  private async post(key: string, body: URLSearchParams): Promise<string | null> {
    try {
      const answer = await fetch(`${this.endpoint.url}/open311/v2/requests.json`, {
        method: 'POST',
        body,
        headers: { 'idempotency-key': key },
      });
      const text = await answer.text();
      if (answer.ok) return (JSON.parse(text) as readonly { readonly service_request_id: string }[])[0]?.service_request_id ?? null;
      if (answer.status < 500) throw new Refused(`A good request was refused with ${answer.status}: ${text}`);
      return null;
    } catch (error) {
      if (error instanceof Refused) throw error;
      return null;
    }
  }
}

class Refused extends Error {}
