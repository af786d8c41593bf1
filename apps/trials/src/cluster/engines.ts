import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { pathToFileURL } from 'node:url';
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
  private readonly doubles: ChildProcess[] = [];

  private constructor(
    private readonly folder: string,
    private readonly script: EngineScript,
    readonly settings: EngineSettings,
    private readonly ownsBroker: boolean,
  ) {}

  /** The environment may name engines. Throws where it names no broker and this machine lacks what it takes to start one. */
  static async start(folder: string, environment: Readonly<Record<string, string | undefined>>): Promise<Engines> {
    const script = (await import(pathToFileURL(join(ROOT, 'scripts/engines.mjs')).href)) as EngineScript;
    const { EVENTSTORE_URL, KAFKA_BROKERS, MONGO_URL } = environment;
    const missing = KAFKA_BROKERS ? [] : script.missingTools('kafka');
    if (missing.length > 0) throw new Error(`Kafka can't be started here: ${missing.join(' and ')} missing. Name one by KAFKA_BROKERS`);
    const doubles: ChildProcess[] = [];
    const engines = new Engines(
      folder,
      script,
      {
        EVENTSTORE_URL: EVENTSTORE_URL ?? `esdb://127.0.0.1:${await startDouble('eventstoredb', doubles)}?tls=false`,
        MONGO_URL: MONGO_URL ?? `mongodb://127.0.0.1:${await startDouble('mongodb', doubles)}/`,
        KAFKA_BROKERS: KAFKA_BROKERS ?? (await script.startEngine('kafka', folder)),
        KAFKA_REPLICATION: '1',
        KAFKA_SESSION_TIMEOUT_MS: '3000',
      },
      KAFKA_BROKERS === undefined,
    );
    engines.doubles.push(...doubles);
    return engines;
  }

  /** Ends the broker without a word, and starts it again on its old data. */
  async killBroker(): Promise<void> {
    if (!this.ownsBroker) throw new Error('A broker that was named by KAFKA_BROKERS is not ours to kill');
    await this.script.stopEngine('kafka', this.folder, 'SIGKILL');
    await this.script.startEngine('kafka', this.folder);
  }

  async stop(): Promise<void> {
    if (this.ownsBroker) await this.script.stopEngine('kafka', this.folder);
    for (const double of this.doubles) {
      const ended = once(double, 'exit');
      double.kill('SIGTERM');
      await ended;
    }
  }
}

/** Starts a double as a process of its own and answers its port once it listens. */
async function startDouble(name: 'eventstoredb' | 'mongodb', doubles: ChildProcess[]): Promise<number> {
  const port = await freePort();
  const program = join(ROOT, `libs/testkit/dist/doubles/${name}/main.js`);
  const child = spawn(process.execPath, ['--max-old-space-size=8192', program, String(port)], { stdio: ['ignore', 'pipe', 'inherit'] });
  doubles.push(child);
  const lines = createInterface({ input: child.stdout });
  await Promise.race([once(lines, 'line'), once(child, 'exit').then(() => Promise.reject(new Error(`The double of ${name} did not start`)))]);
  return port;
}
