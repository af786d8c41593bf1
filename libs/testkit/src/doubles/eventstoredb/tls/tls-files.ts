import { X509Certificate } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type CertificateOptions, makeCertificate, type NodeCertificate } from './certificate.js';

export interface TlsOptions {
  /** One that was made before, or for what it is to be made. */
  readonly certificate?: NodeCertificate | CertificateOptions;
  /**
   * Where `ca.pem`, `node.crt` and `node.key` are written and stay, and are used again by who is started anew, as a server that was killed
   * comes back with its certificate; a folder of its own, removed at the end, when absent.
   */
  readonly folder?: string;
}

/** What the double's TLS is made of. */
export interface OpenTls {
  readonly certificate: NodeCertificate;
  /** The certificate of the authority, for the client's `tlsCAFile`. */
  readonly authorityFile: string;
  close(): void;
}

/** Makes a certificate, unless one is given or the folder has it, and writes it and its authority to files. Null without TLS. */
export function openTls(options: TlsOptions | undefined): OpenTls | null {
  if (!options) return null;
  const { certificate: given = {}, folder } = options;
  const certificate = 'key' in given ? given : (keptIn(folder, given) ?? makeCertificate(given));
  const place = folder ?? mkdtempSync(join(tmpdir(), 'eventstoredb-double-'));
  mkdirSync(place, { recursive: true });
  const authorityFile = join(place, 'ca.pem');
  writeFileSync(authorityFile, certificate.authority);
  writeFileSync(join(place, 'node.crt'), certificate.certificate);
  writeFileSync(join(place, 'node.key'), certificate.key, { mode: 0o600 });
  return { certificate, authorityFile, close: () => folder === undefined && rmSync(place, { recursive: true, force: true }) };
}

/** Null where there is none, where it is not for these names, and where its time is over. */
function keptIn(folder: string | undefined, { names = [], addresses = [], validForMs }: CertificateOptions): NodeCertificate | null {
  if (folder === undefined || validForMs !== undefined || !existsSync(join(folder, 'node.key'))) return null;
  const [certificate = '', key = '', authority = ''] = ['node.crt', 'node.key', 'ca.pem'].map((file) =>
    readFileSync(join(folder, file), 'utf8'),
  );
  const { subjectAltName = '', validToDate } = new X509Certificate(certificate);
  const hosts = [...subjectAltName.matchAll(/(?:DNS|IP Address):(?<host>[^,]+)/g)].map(({ groups }) => groups?.['host'] ?? '');
  const isOfUse = validToDate.getTime() > Date.now() && [...names, ...addresses].every((host) => hosts.includes(host));
  return isOfUse ? { hosts, certificate, key, authority } : null;
}

/** The address of nodes for the client, without a user. */
export function addressOf(host: string, ports: readonly number[], tls: OpenTls | null): string {
  const nodes = ports.map((port) => `${host}:${port}`).join(',');
  return `esdb://${nodes}?${tls ? `tls=true&tlsCAFile=${encodeURIComponent(tls.authorityFile)}` : 'tls=false'}`;
}
