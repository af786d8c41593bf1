import { readFileSync } from 'node:fs';
import { UserError } from './answer.js';

/** How a command reaches the OneDoor that holds the data folder. */
export interface RunningOptions {
  readonly url: string;
  /** A file that holds a token of an administrator. Not the token itself: other users of the machine see the words of a command. */
  readonly tokenFile?: string;
}

const TIMEOUT_MS = 30_000;
const PAGES_MOST = 1_000;

/** A running OneDoor, asked over HTTP. Every refusal is a `UserError` of one line. */
export class RunningOneDoor {
  private readonly token: string;

  constructor(private readonly options: RunningOptions) {
    if (options.tokenFile === undefined) {
      throw new UserError(
        'A running OneDoor holds this data folder: name a file with a token of an administrator by --token-file, and its address by --url',
      );
    }
    this.token = readFileSync(options.tokenFile, 'utf8').trim();
  }

  /** All rows of a list, page by page. */
  async list<Row>(path: string): Promise<readonly Row[]> {
    const rows: Row[] = [];
    let next: string | undefined = path;
    for (let page = 0; next !== undefined && page < PAGES_MOST; page++) {
      const response = await this.ask('GET', next);
      rows.push(...((await response.json()) as readonly Row[]));
      next = /<(?<next>[^>]+)>; rel="next"/.exec(response.headers.get('link') ?? '')?.groups?.['next'];
    }
    return rows;
  }

  async post(path: string, body: object): Promise<void> {
    await this.ask('POST', path, body);
  }

  private async ask(method: string, path: string, body?: object): Promise<Response> {
    const response = await fetch(this.urlOf(path), {
      method,
      headers: { authorization: `Bearer ${this.token}`, ...(body && { 'content-type': 'application/json' }) },
      ...(body && { body: JSON.stringify(body) }),
      signal: AbortSignal.timeout(TIMEOUT_MS),
      redirect: 'error',
    }).catch((error: unknown) => {
      const cause = (error as { readonly cause?: { readonly code?: string } }).cause?.code ?? (error as Error).name;
      throw new UserError(`--url: ${this.options.url} does not answer (${cause})`);
    });
    if (response.ok) return response;
    const { code, detail } = (await response.json().catch(() => ({}))) as { readonly code?: string; readonly detail?: string };
    throw new UserError([`${response.status}`, code, detail].filter((part) => part !== undefined && part !== '').join(': '));
  }

  private urlOf(path: string): URL {
    try {
      return new URL(path, this.options.url);
    } catch {
      throw new UserError(`--url: ${this.options.url} is no address, such as http://localhost:3110`);
    }
  }
}
