import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { EventStoreDBClient, jsonEvent } from '@eventstore/db-client';
import { until } from '../../../until.js';
import { IGNORED_CREDENTIALS } from '../table/server-under-test.js';
import { type Program, startProgram } from './program.js';
import { settingsOf } from './settings.js';

describe('the arguments of the double', () => {
  it('are parsed', () => {
    expect(settingsOf(['2113'])).toEqual({ single: { port: 2113, accounts: false }, cluster: null, isControlled: false });
    expect(settingsOf([])).toMatchObject({ single: { accounts: false }, cluster: null });
    const args = [
      '--cluster',
      '1,2,3',
      '--file',
      'log',
      '--accounts',
      '--tls-folder',
      'tls',
      '--names',
      'a,b',
      '--control',
      '--stop-serves-ms',
      '9',
      '--election-ms',
      '8',
      '--failure-noticed-ms',
      '7',
      '--follower-delay-ms',
      '6',
    ];
    expect(settingsOf(args)).toMatchObject({
      isControlled: true,
      cluster: {
        nodes: 3,
        ports: [1, 2, 3],
        file: 'log',
        accounts: true,
        tls: { folder: 'tls', certificate: { names: ['a', 'b'] } },
        stopServesMs: 9,
        electionMs: 8,
        failureNoticedMs: 7,
        followerDelayMs: 6,
      },
    });
  });

  it('are refused by name', () => {
    expect(() => settingsOf(['x'])).toThrow('PORT must be a whole number');
    expect(() => settingsOf(['--election-ms', 'soon'])).toThrow('--election-ms must be a whole number');
    expect(() => settingsOf(['--unknown'])).toThrow('--unknown');
  });
});

describe('the program of the double', () => {
  let folder: string;
  let program: Program;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'program-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));
  const append = async (connectionString: string) => {
    const client = EventStoreDBClient.connectionString(connectionString);
    try {
      return await client.appendToStream('note-1', jsonEvent({ type: 'Noted', data: {} }), {
        credentials: IGNORED_CREDENTIALS,
        requiresLeader: true,
      });
    } finally {
      await client.dispose();
    }
  };

  it('reopens the log of its file', async () => {
    const settings = settingsOf(['0', '--file', join(folder, 'log'), '--stop-serves-ms', '100']);
    for (const revision of [0n, 1n]) {
      program = await startProgram(settings);
      expect(await append(program.connectionString)).toMatchObject({ nextExpectedRevision: revision });
      await program.end();
    }
  });

  it('executes lines about the nodes of a cluster', async () => {
    program = await startProgram(
      settingsOf(['--cluster', '0,0,0', '--election-ms', '100', '--failure-noticed-ms', '50', '--stop-serves-ms', '100']),
    );
    expect(await program.execute('leader')).toBe('leader 0');
    expect(await program.execute('kill 0')).toBe('done kill 0');
    await until(async () => (await program.execute('leader')) === 'leader none');
    await until(async () => (await program.execute('leader')) === 'leader 1');
    expect(await append(program.connectionString)).toMatchObject({ success: true });
    for (const line of ['start 0', 'hang 1', 'resume 1', 'stop 2', 'start 2']) expect(await program.execute(line)).toBe(`done ${line}`);
    expect(await program.execute('start 0')).toMatch(/^failed start 0: The node on port \d+ is running/);
    expect(await program.execute('kill 3')).toBe('failed kill 3: the nodes are numbered from 0 to 2');
    expect(await program.execute('explode 1')).toMatch(/^failed explode 1: a line must be/);
    await program.end();
  });
});
