import { X509Certificate } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type CertificateOptions, makeCertificate, type NodeCertificate } from './certificate.js';

export interface TlsOptions {
  /** An existing certificate, or the options of a new one. */
  readonly certificate?: NodeCertificate | CertificateOptions;
  /**
   * Where `ca.pem`, `node.crt` and `node.key` are kept, so that a restarted double has the same certificate. When absent, a temporary
   * folder that is removed in the end.
   */
  readonly folder?: string;
}

/** The certificate of a double and the file of its authority. */
export interface OpenTls {
  readonly certificate: NodeCertificate;
  /** The certificate of the authority, for the client's `tlsCAFile`. */
  readonly authorityFile: string;
  close(): void;
}

/** Writes the certificate to files: the given one, the one in the folder, or a new one. Null without TLS. */
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

/** The certificate in the folder; null where there is none, where it lacks one of the names, and where it has expired. */
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

/** The connection string of nodes, without a user. */
export function addressOf(host: string, ports: readonly number[], tls: OpenTls | null): string {
  const nodes = ports.map((port) => `${host}:${port}`).join(',');
  return `esdb://${nodes}?${tls ? `tls=true&tlsCAFile=${encodeURIComponent(tls.authorityFile)}` : 'tls=false'}`;
}
