/** What an nginx configuration of our own form does with a path. */
export interface Proxy {
  readonly listens: number;
  /** The ports that it asks services at. */
  readonly asks: readonly number[];
  serviceFor(path: string): string;
  /** Whether it keeps the path to itself, or answers without asking anybody. */
  hides(path: string): boolean;
  /** Whether it hands on what comes at once, however long that takes. */
  streams(path: string): boolean;
}

/** Reads the configuration and the table that it includes. */
export function readProxy({ proxy: text, table }: { readonly proxy: string; readonly table: string }): Proxy {
  const rows = groupsOf(table, /^ *(?:~(?<pattern>\S+)|default) +(?<service>\w+);$/gm);
  const locations = groupsOf(text, /location (?<kind>\^~|~) (?<path>\S+) \{(?<body>[^{}]*)\}/g);
  const hidden = locations.filter(({ kind, body }) => kind === '^~' && body?.includes('return'));
  const streaming = locations.filter(
    ({ kind, body }) => kind === '~' && body?.includes('proxy_buffering off;') && body.includes('proxy_read_timeout 1h;'),
  );
  return {
    listens: Number(groupsOf(text, /^ *listen (?<port>\d+);$/gm)[0]?.['port']),
    asks: groupsOf(text, /proxy_pass http:\/\/\$service:(?<port>\d+);/g).map(({ port }) => Number(port)),
    serviceFor(path) {
      const row =
        rows.find(({ pattern }) => pattern !== undefined && new RegExp(pattern).test(path)) ??
        rows.find(({ pattern }) => pattern === undefined);
      return row?.['service'] ?? '';
    },
    hides: (path) => hidden.some((location) => path.startsWith(location['path'] ?? ' ')),
    streams: (path) => streaming.some((location) => new RegExp(location['path'] ?? '^$').test(path)),
  };
}

type Groups = Readonly<Record<string, string | undefined>>;

/** The named groups of each match. */
export const groupsOf = (text: string, pattern: RegExp): readonly Groups[] => [...text.matchAll(pattern)].map(({ groups }) => groups ?? {});
