import { join } from 'node:path';
import { proxyTable, SERVICES, type ServiceName } from '@onedoor/composition';
import { freePort, ServerProcess } from '../server-process.js';

export const SERVICE_NAMES: readonly ServiceName[] = SERVICES.map(({ name }) => name);

const { serviceFor } = proxyTable(SERVICES);

/** All services, each as a process. */
export class Cluster {
  private constructor(private readonly processes: ReadonlyMap<string, ServerProcess>) {}

  static async start(settings: Readonly<Record<string, string>>): Promise<Cluster> {
    const processes = new Map<string, ServerProcess>();
    for (const name of SERVICE_NAMES) {
      const port = await freePort();
      const env = { ...settings, ONEDOOR_PROFILE: 'distributed', ONEDOOR_INSTANCE: `${name}-1`, PORT: String(port) };
      processes.set(
        name,
        new ServerProcess(`http://127.0.0.1:${port}`, env, { program: join(import.meta.dirname, `../../../${name}/dist/main.js`) }),
      );
    }
    const cluster = new Cluster(processes);
    await Promise.all(SERVICE_NAMES.map((name) => cluster.process(name).start()));
    return cluster;
  }

  process(name: string): ServerProcess {
    const found = this.processes.get(name);
    if (found === undefined) throw new Error(`${name} is no service`);
    return found;
  }

  /** The URL of a path at the service that the proxy would ask. */
  urlOf(path: string): string {
    return `${this.process(serviceFor(path)).url}${path}`;
  }

  async stop(): Promise<void> {
    await Promise.all([...this.processes.values()].map((each) => each.stop()));
  }
}
