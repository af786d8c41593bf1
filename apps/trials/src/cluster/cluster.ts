import { join } from 'node:path';
import { freePort, ServerProcess } from '../server-process.js';

/** The services of the distributed product with their path prefixes, as a reverse proxy would route them. */
export const SERVICES = {
  intake: ['/', '/open311', '/api/v1/sessions', '/api/v1/accounts', '/api/v1/tokens', '/api/v1/me'],
  routing: ['/api/v1/cases', '/api/v1/departments', '/api/v1/triage'],
  notifications: ['/api/v1/notifications', '/outbox'],
  analytics: ['/api/v1/figures'],
  audit: ['/api/v1/audit'],
} as const;

export type ServiceName = keyof typeof SERVICES;
export const SERVICE_NAMES = Object.keys(SERVICES) as readonly ServiceName[];

/** All services, each as a process. */
export class Cluster {
  private constructor(private readonly processes: ReadonlyMap<ServiceName, ServerProcess>) {}

  static async start(settings: Readonly<Record<string, string>>): Promise<Cluster> {
    const processes = new Map<ServiceName, ServerProcess>();
    for (const name of SERVICE_NAMES) {
      const port = await freePort();
      const env = { ...settings, ONEDOOR_PROFILE: 'distributed', ONEDOOR_INSTANCE: `${name}-1`, PORT: String(port) };
      processes.set(name, new ServerProcess(`http://127.0.0.1:${port}`, env, join(import.meta.dirname, `../../../${name}/dist/main.js`)));
    }
    const cluster = new Cluster(processes);
    await Promise.all(SERVICE_NAMES.map((name) => cluster.process(name).start()));
    return cluster;
  }

  process(name: ServiceName): ServerProcess {
    const found = this.processes.get(name);
    if (found === undefined) throw new Error(`${name} is no service`);
    return found;
  }

  /** The URL of a path at the service with the longest matching prefix. */
  urlOf(path: string): string {
    const owner = SERVICE_NAMES.map((name) => ({ name, length: longestPrefix(SERVICES[name], path) })).reduce((best, each) =>
      each.length > best.length ? each : best,
    );
    return `${this.process(owner.name).url}${path}`;
  }

  async stop(): Promise<void> {
    await Promise.all([...this.processes.values()].map((each) => each.stop()));
  }
}

const longestPrefix = (prefixes: readonly string[], path: string): number =>
  Math.max(
    -1,
    ...prefixes
      .filter((prefix) => path === prefix || path.startsWith(prefix.endsWith('/') ? prefix : `${prefix}/`) || path.startsWith(`${prefix}?`))
      .map(({ length }) => length),
  );
