import { hash } from 'node:crypto';
import { closeSync, fsyncSync, openSync, readFileSync, writeSync } from 'node:fs';

/**
 * The file `log.head`: which event of the log was the last to be acknowledged. Written in place after each commit and never synced: it is
 * there after a process was killed, and older than the log after a loss of power, never newer. So a log that lacks the event it names has
 * lost what was acknowledged. A log without the file was put there from elsewhere, as a restored backup is.
 */
export interface LogHead {
  readonly incarnation: string;
  /** 0 before the first event. */
  readonly place: number;
  /** The id of the event there; empty before the first. */
  readonly eventId: string;
}

/** The file open for writing. */
export class LogHeadFile {
  readonly #file: number;

  constructor(path: string) {
    this.#file = open(path);
  }

  /** A head that can't be written stays the older one, which is true as well. */
  write(head: LogHead): void {
    try {
      writeSync(this.#file, lineOf(head), 0);
    } catch {
      return;
    }
  }

  sync(): void {
    fsyncSync(this.#file);
  }

  close(): void {
    closeSync(this.#file);
  }
}

/** Null where there is no such file, or where it holds nothing that was written to it. */
export function readHead(path: string): LogHead | null {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch {
    return null;
  }
  const [incarnation = '', place = '', eventId = '', check = ''] = text.slice(0, text.indexOf('\n')).split(' ');
  return check === checkOf(incarnation, place, eventId) ? { incarnation, place: Number(place), eventId } : null;
}

/** What is left of a longer line behind its end is not read. */
const lineOf = ({ incarnation, place, eventId }: LogHead): string =>
  `${incarnation} ${place} ${eventId} ${checkOf(incarnation, String(place), eventId)}\n`;

const checkOf = (...parts: readonly string[]): string => hash('sha256', parts.join(' '), 'base64url').slice(0, 22);

function open(path: string): number {
  try {
    return openSync(path, 'r+');
  } catch {
    return openSync(path, 'w+', 0o600);
  }
}
