import { freePort, ServerProcess } from './server-process.js';

/** What posts to a demo city name. */
export const DEMO_INTAKE = {
  apiKey: 'demo-key',
  services: ['pothole', 'street-light', 'traffic-signal', 'missed-pickup', 'recycling-sticker', 'fallen-tree'],
} as const;

const ZONE = 'America/New_York';

interface DemoOptions {
  /** Seconds by which the city's clock differs from the machine's. */
  readonly clockOffsetSeconds?: number;
  readonly under?: readonly string[];
  readonly keepsErrors?: boolean;
}

/** The product on a data folder with a demo city that has no past and no traffic of its own, as a process that is not started yet. */
export async function demoProcess(folder: string, { clockOffsetSeconds = 0, ...options }: DemoOptions = {}): Promise<ServerProcess> {
  const port = await freePort();
  const env = {
    PORT: String(port),
    ONEDOOR_DATA: folder,
    ONEDOOR_DEMO: 'on',
    ONEDOOR_DEMO_CASES: '0',
    ONEDOOR_DEMO_DRIP_SECONDS: '0',
    ONEDOOR_RATE_LIMIT: 'off',
    ONEDOOR_CLOCK_OFFSET_SECONDS: String(clockOffsetSeconds),
  };
  return new ServerProcess(`http://127.0.0.1:${port}`, env, options);
}

/** Seconds to the next midnight of the demo city. */
export function secondsToMidnight(): number {
  const now = Temporal.Now.zonedDateTimeISO(ZONE);
  return Math.round(now.until(now.add({ days: 1 }).startOfDay()).total('seconds'));
}
