import { readdir, readFile, rename, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Unavailable, type Delivery, type MailMessage, type Outbox } from '@onedoor/engine';
import { isMailAddress } from '@onedoor/kernel';
import { createTransport } from 'nodemailer';
import { makeFolder } from '../shared/make-folder.js';
import { compose, isId } from './compose.js';
import { readEml } from './eml.js';

/** Writes every message into a folder, one file `<id>.eml` each, as any mail program opens it. The folder is made when first written to. */
export const openOutbox = (folder: string, from = '311@city.example'): Outbox => new FolderOutbox(folder, from);

const SUFFIX = '.eml';

class FolderOutbox implements Outbox {
  readonly #writer = createTransport({ streamTransport: true, buffer: true, newline: 'windows' });
  #drafts = 0;

  constructor(
    private readonly folder: string,
    private readonly from: string,
  ) {}

  async send(message: MailMessage): Promise<Delivery> {
    if (!isMailAddress(message.to)) return { outcome: 'refused', code: 'ADDRESS_INVALID' };
    const { message: eml } = await this.#writer.sendMail(compose(message, this.from));
    try {
      makeFolder(this.folder);
      const draft = join(this.folder, `${message.id}.${process.pid}-${this.#drafts++}.draft`);
      await writeFile(draft, eml as Buffer, { mode: 0o600 });
      // Atomic: a file is complete or absent, and a repetition replaces it.
      await rename(draft, join(this.folder, message.id + SUFFIX));
    } catch (error) {
      throw new Unavailable(`The outbox can't be written: ${codeOf(error)}`);
    }
    return { outcome: 'accepted' };
  }

  async latest(limit: number): Promise<readonly MailMessage[]> {
    const names = await readdir(this.folder).catch(ifAbsent([]));
    const ids = names.filter((name) => name.endsWith(SUFFIX)).map((name) => name.slice(0, -SUFFIX.length));
    const written = await Promise.all(ids.map(async (id) => ({ id, ms: (await stat(join(this.folder, id + SUFFIX))).mtimeMs })));
    const latest = written.sort((one, other) => other.ms - one.ms || (one.id < other.id ? 1 : -1)).slice(0, limit);
    const messages = await Promise.all(latest.map(({ id }) => this.read(id)));
    return messages.filter((message) => message !== null);
  }

  async read(id: string): Promise<MailMessage | null> {
    if (!isId(id)) return null;
    const eml = await readFile(join(this.folder, id + SUFFIX), 'latin1').catch(ifAbsent(null));
    return eml === null ? null : readEml(id, eml);
  }
}

const ifAbsent =
  <Answer>(answer: Answer) =>
  (error: unknown): Answer => {
    if (codeOf(error) === 'ENOENT') return answer;
    throw error;
  };

const codeOf = (error: unknown): string => (error as NodeJS.ErrnoException).code ?? (error as Error).message;
