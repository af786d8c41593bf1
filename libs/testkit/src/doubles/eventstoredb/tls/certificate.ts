import { generateKeyPairSync, type KeyObject, randomBytes, sign } from 'node:crypto';
import { DAY_MS } from '@onedoor/kernel';
import { bitString, contextSpecific, identifier, integer, octetString, sequence, set, text, time, TRUE } from './der.js';

const ECDSA_WITH_SHA256 = '1.2.840.10045.4.3.2';

export interface CertificateOptions {
  /** Names that the node answers to: `localhost` when absent. */
  readonly names?: readonly string[];
  /** IPv4 addresses that the node answers to: none when absent. */
  readonly addresses?: readonly string[];
  /** From now on: a day when absent. Negative for an expired certificate. */
  readonly validForMs?: number;
}

/** All in PEM. */
export interface NodeCertificate {
  /** The names and addresses that the certificate is for, in order. */
  readonly hosts: readonly string[];
  readonly certificate: string;
  readonly key: string;
  /** The certificate of the authority that signed it, and nothing else. */
  readonly authority: string;
}

/** Creates a node's certificate, signed by a new authority of its own. */
export function makeCertificate({ names = ['localhost'], addresses = [], validForMs = DAY_MS }: CertificateOptions = {}): NodeCertificate {
  const authority = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const node = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const until = Date.now() + validForMs;
  const alternatives = [
    ...names.map((name) => contextSpecific(2, Buffer.from(name))),
    ...addresses.map((address) => contextSpecific(7, Buffer.from(address.split('.').map(Number)))),
  ];
  const title = 'EventStoreDB double';
  return {
    hosts: [...names, ...addresses],
    certificate: signed({ subject: 'eventstoredb-node', issuer: title, until, key: node.publicKey, by: authority.privateKey }, [
      sequence(identifier('2.5.29.17'), octetString(sequence(...alternatives))),
    ]),
    key: String(node.privateKey.export({ type: 'pkcs8', format: 'pem' })),
    authority: signed(
      { subject: title, issuer: title, until: Date.now() + 2 * DAY_MS, key: authority.publicKey, by: authority.privateKey },
      [sequence(identifier('2.5.29.19'), TRUE, octetString(sequence(TRUE)))],
    ),
  };
}

interface CertificateFields {
  readonly subject: string;
  readonly issuer: string;
  readonly until: number;
  readonly key: KeyObject;
  readonly by: KeyObject;
}

/** An X.509 certificate of version 3 in PEM. */
function signed({ subject, issuer, until, key, by }: CertificateFields, extensions: readonly Buffer[]): string {
  const algorithm = sequence(identifier(ECDSA_WITH_SHA256));
  const serial = randomBytes(16);
  serial[0] = 0x40 | ((serial[0] ?? 0) & 0x3f);
  const body = sequence(
    contextSpecific(0, integer(Buffer.from([2])), true),
    integer(serial),
    algorithm,
    nameOf(issuer),
    sequence(time(Math.min(Date.now(), until) - DAY_MS), time(until)),
    nameOf(subject),
    key.export({ type: 'spki', format: 'der' }),
    contextSpecific(3, sequence(...extensions), true),
  );
  const certificate = sequence(body, algorithm, bitString(sign('sha256', body, by)));
  const base64 = certificate.toString('base64').replaceAll(/.{64}/g, '$&\n').trimEnd();
  return `-----BEGIN CERTIFICATE-----\n${base64}\n-----END CERTIFICATE-----\n`;
}

const nameOf = (common: string): Buffer => sequence(set(sequence(identifier('2.5.4.3'), text(common))));
