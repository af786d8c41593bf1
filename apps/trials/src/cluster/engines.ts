import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { DoubleProcess } from '../double-process.js';
import { freePort } from '../free-port.js';

const ROOT = join(import.meta.dirname, '../../../..');

/** Where the engines of a trial answer, as settings of the processes that use them. */
export interface EngineSettings {
  readonly EVENTSTORE_URL: string;
  readonly KAFKA_BROKERS: string;
  readonly MONGO_URL: string;
  readonly KAFKA_REPLICATION: string;
  readonly KAFKA_SESSION_TIMEOUT_MS: string;
}

/** The script that starts real engines, as far as it is used here. */
interface EngineScript {
  startEngine(name: 'kafka', folder: string): Promise<string>;
  stopEngine(name: 'kafka', folder: string, signal?: 'SIGTERM' | 'SIGKILL'): Promise<void>;
  missingTools(name: 'kafka'): readonly string[];
}

/**
 * What the distributed profile stands on, for one trial: a real Kafka broker, and doubles of EventStoreDB and MongoDB as processes
 * of their own, unless the environment names real ones.
 */
export class Engines {
  private constructor(
    private readonly folder: string,
    private readonly script: EngineScript,
    readonly settings: EngineSettings,
    /** Whether the broker was started here. One that KAFKA_BROKERS names is not ours to kill. */
    readonly ownsBroker: boolean,
    /** The double of EventStoreDB, to be killed, stopped and hung; null where EVENTSTORE_URL names a log, which is not ours to kill. */
    readonly log: DoubleProcess | null,
    private readonly documents: DoubleProcess | null,
  ) {}

  /** The environment may name engines. Throws where it names no broker and this machine lacks what it takes to start one. */
  static async start(folder: string, environment: Readonly<Record<string, string | undefined>>): Promise<Engines> {
    const script = (await import(pathToFileURL(join(ROOT, 'scripts/engines.mjs')).href)) as EngineScript;
    const { EVENTSTORE_URL, KAFKA_BROKERS, MONGO_URL } = environment;
    const missing = KAFKA_BROKERS ? [] : script.missingTools('kafka');
    if (missing.length > 0) throw new Error(`Kafka can't be started here: ${missing.join(' and ')} missing. Name one by KAFKA_BROKERS`);
    // Its log is in a file: so it comes back with all that it acknowledged.
    const logOptions = ['--file', join(folder, 'eventstoredb.log')];
    const log = EVENTSTORE_URL ? null : new DoubleProcess('eventstoredb', [String(await freePort()), ...logOptions]);
    const documents = MONGO_URL ? null : new DoubleProcess('mongodb', [String(await freePort())]);
    const settings = {
      EVENTSTORE_URL: (await log?.start()) ?? EVENTSTORE_URL ?? '',
      MONGO_URL: (await documents?.start()) ?? MONGO_URL ?? '',
      KAFKA_BROKERS: KAFKA_BROKERS ?? (await script.startEngine('kafka', folder)),
      KAFKA_REPLICATION: '1',
      KAFKA_SESSION_TIMEOUT_MS: '3000',
    };
    return new Engines(folder, script, settings, KAFKA_BROKERS === undefined, log, documents);
  }

  /** Ends the broker without a word, and starts it again on its old data. */
  async killBroker(): Promise<void> {
    if (!this.ownsBroker) throw new Error('A broker that was named by KAFKA_BROKERS is not ours to kill');
    await this.script.stopEngine('kafka', this.folder, 'SIGKILL');
    await this.script.startEngine('kafka', this.folder);
  }

  async stop(): Promise<void> {
    if (this.ownsBroker) await this.script.stopEngine('kafka', this.folder);
    await Promise.all([this.log?.kill(), this.documents?.kill()]);
  }

  /** Ends what would outlive this process, where nothing can be waited for. */
  endNow(): void {
    this.log?.endNow();
    this.documents?.endNow();
  }
}
