import { X509Certificate } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { get } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { EventStoreDBClient, jsonEvent } from '@eventstore/db-client';
import type { EventStoreDbDouble } from '../double.js';
import { startEventStoreDbCluster, startEventStoreDbDouble } from '../start.js';
import { until } from '../../../until.js';
import { IGNORED_CREDENTIALS } from '../table/server-under-test.js';
import { makeCertificate } from './certificate.js';

describe('a certificate of the double', () => {
  it('is for its names and addresses, and of its authority', () => {
    const { certificate, authority } = makeCertificate({ names: ['localhost', 'node1.example'], addresses: ['127.0.0.1'] });
    const [node, issuer] = [new X509Certificate(certificate), new X509Certificate(authority)];
    expect(node.subjectAltName).toBe('DNS:localhost, DNS:node1.example, IP Address:127.0.0.1');
    expect(node.verify(issuer.publicKey)).toBe(true);
    expect(node.checkIssued(issuer)).toBe(true);
    expect([issuer.ca, node.ca]).toEqual([true, false]);
    expect(node.verify(new X509Certificate(makeCertificate().authority).publicKey)).toBe(false);
  });

  it('may have expired', () => {
    expect(new X509Certificate(makeCertificate({ validForMs: -1_000 }).certificate).validToDate.getTime()).toBeLessThanOrEqual(Date.now());
  });
});

describe('the double over TLS', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'tls-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));
  const append = async (connectionString: string): Promise<unknown> => {
    const client = EventStoreDBClient.connectionString(connectionString);
    try {
      return await client.appendToStream('note-1', jsonEvent({ type: 'Noted', data: {} }), {
        credentials: IGNORED_CREDENTIALS,
        deadline: 10_000,
      });
    } finally {
      await client.dispose();
    }
  };
  const started = async (double: EventStoreDbDouble, act: () => Promise<void>): Promise<void> => {
    try {
      await act();
    } finally {
      await double.close();
    }
  };

  it('is reached by its name, by clients that trust its authority', async () => {
    const double = await startEventStoreDbDouble({ tls: { folder } });
    await started(double, async () => {
      expect(double.connectionString).toBe(
        `esdb://localhost:${double.port}?tls=true&tlsCAFile=${encodeURIComponent(join(folder, 'ca.pem'))}`,
      );
      expect(await append(double.connectionString)).toMatchObject({ success: true });
      writeFileSync(join(folder, 'other.pem'), makeCertificate().authority);
      await expect(append(double.connectionString.replace('ca.pem', 'other.pem'))).rejects.toMatchObject({ type: 'unavailable' });
      await expect(append(`esdb://localhost:${double.port}?tls=false`)).rejects.toMatchObject({ type: 'unavailable' });
    });
  });

  it.each([
    ['another name', makeCertificate({ names: ['node1.example'] })],
    ['a validity that has ended', makeCertificate({ validForMs: -1_000 })],
  ])('is not trusted with a certificate of %s', async (_title, certificate) => {
    const double = await startEventStoreDbDouble({ tls: { folder, certificate } });
    await started(double, async () => {
      await expect(append(`esdb://localhost:${double.port}?tls=true&tlsCAFile=${join(folder, 'ca.pem')}`)).rejects.toMatchObject({
        type: 'unavailable',
      });
    });
  });

  it('restarts with the certificate in its folder, unless that is for other names', async () => {
    const authorityOf = async (tls: object): Promise<string> => {
      await (await startEventStoreDbDouble({ tls: { folder, ...tls } })).close();
      return readFileSync(join(folder, 'ca.pem'), 'utf8');
    };
    const before = await authorityOf({});
    expect(await authorityOf({})).toBe(before);
    expect(await authorityOf({ certificate: { names: ['localhost'] } })).toBe(before);
    expect(await authorityOf({ certificate: { names: ['node1.example'] } })).not.toBe(before);
  });

  it('answers HTTP/1.1 on the same port', async () => {
    const certificate = makeCertificate();
    const double = await startEventStoreDbDouble({ tls: { certificate } });
    await started(double, async () => {
      const status = await new Promise((resolve, reject) =>
        get({ host: 'localhost', port: double.port, path: '/health/live', ca: certificate.authority, agent: false }, (response) =>
          resolve(response.statusCode),
        ).on('error', reject),
      );
      expect(status).toBe(204);
    });
  });

  it('works for a cluster, whose gossip advertises the name', async () => {
    const cluster = await startEventStoreDbCluster({ tls: {}, electionMs: 100, failureNoticedMs: 100 });
    try {
      expect(cluster.connectionString).toMatch(/^esdb:\/\/localhost:\d+,localhost:\d+,localhost:\d+\?tls=true&tlsCAFile=/);
      expect(await append(cluster.connectionString)).toMatchObject({ success: true });
      cluster.hang(0);
      await until(() => cluster.leader === 1);
      expect(await append(cluster.connectionString.replace(/localhost:\d+,/, ''))).toMatchObject({ success: true });
    } finally {
      await cluster.close();
    }
  });
});
