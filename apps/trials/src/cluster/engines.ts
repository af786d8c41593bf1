import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { DoubleProcess } from '../double-process.js';
import { freePort } from '../server-process.js';

const ROOT = join(import.meta.dirname, '../../../..');

/** The addresses of the engines, as settings of the processes that use them. */
interface EngineSettings {
  readonly EVENTSTORE_URL: string;
  readonly KAFKA_BROKERS: string;
  readonly MONGO_URL: string;
  readonly KAFKA_REPLICATION: string;
  readonly KAFKA_SESSION_TIMEOUT_MS: string;
}

/** The part of scripts/engines.mjs that is used here. */
interface EngineScript {
  startEngine(name: 'kafka', folder: string): Promise<string>;
  stopEngine(name: 'kafka', folder: string, signal?: 'SIGTERM' | 'SIGKILL'): Promise<void>;
  missingTools(name: 'kafka'): readonly string[];
}

/**
 * The engines of the distributed profile for one trial: a real Kafka broker, and doubles of EventStoreDB and MongoDB as processes, unless
 * the environment names real ones.
 */
export class Engines {
  private constructor(
    private readonly folder: string,
    private readonly script: EngineScript,
    readonly settings: EngineSettings,
    /** Whether the broker was started here. One that KAFKA_BROKERS names is never killed. */
    readonly ownsBroker: boolean,
    /** The double of EventStoreDB, for faults; null where EVENTSTORE_URL names a log, which is never killed. */
    readonly log: DoubleProcess | null,
    private readonly documents: DoubleProcess | null,
  ) {}

  /** The environment may name engines. Throws where it names no broker and this machine lacks the tools to start one. */
  static async start(folder: string, environment: Readonly<Record<string, string | undefined>>): Promise<Engines> {
    const script = (await import(pathToFileURL(join(ROOT, 'scripts/engines.mjs')).href)) as EngineScript;
    const { EVENTSTORE_URL, KAFKA_BROKERS, MONGO_URL } = environment;
    const missing = KAFKA_BROKERS ? [] : script.missingTools('kafka');
    if (missing.length > 0) throw new Error(`Kafka can't be started here: ${missing.join(' and ')} missing. Name one by KAFKA_BROKERS`);
    // Its log is in a file, so that it survives a kill.
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

  /** Kills the broker, and restarts it on its data. */
  async killBroker(): Promise<void> {
    if (!this.ownsBroker) throw new Error('A broker that KAFKA_BROKERS names must not be killed');
    await this.script.stopEngine('kafka', this.folder, 'SIGKILL');
    await this.script.startEngine('kafka', this.folder);
  }

  async stop(): Promise<void> {
    if (this.ownsBroker) await this.script.stopEngine('kafka', this.folder);
    await Promise.all([this.log?.kill(), this.documents?.kill()]);
  }

  /** Kills the doubles without waiting, when this process exits. */
  endNow(): void {
    this.log?.endNow();
    this.documents?.endNow();
  }
}
