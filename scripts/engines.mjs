// `node scripts/engines.mjs start|stop|kill FOLDER [kafka] [mongodb]`: real engines on loopback for the tests, with their data in a
// folder: Apache Kafka by Maven, and FerretDB, which speaks MongoDB's protocol, by Go. Starting what runs already changes nothing,
// and a stopped engine starts again on its old port with its old data.
import { randomBytes } from 'node:crypto';
import { spawn, spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, openSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { join, resolve } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { ROOT } from './set-up.mjs';

const SOURCES = join(ROOT, 'infra', 'engines');
/** Holds what was fetched and built, for all runs. */
const CACHE = join(ROOT, 'node_modules', '.cache', 'onedoor-engines');
const READY_WITHIN_MS = 60_000;
const GONE_WITHIN_MS = 30_000;
const POLL_MS = 50;

export const ENGINES = {
  kafka: {
    title: 'Apache Kafka 4.1.0',
    needs: ['java', 'mvn'],
    ports: ['port', 'controllerPort', 'lossyPort', 'advertisedLossyPort'],
    fetch: fetchKafka,
    command: kafkaCommand,
    url: (port) => `127.0.0.1:${port}`,
  },
  mongodb: {
    title: 'FerretDB 1.24.2 on SQLite',
    needs: ['go'],
    ports: ['port'],
    fetch: fetchMongodb,
    command: (data, { port }) => [join(CACHE, 'mongodb', 'server'), `127.0.0.1:${port}`, folderIn(data, 'state')],
    url: (port) => `mongodb://127.0.0.1:${port}/`,
  },
};

/** The tools that an engine needs and this machine lacks. */
export function missingTools(name) {
  return ENGINES[name].needs.filter((tool) => spawnSync(tool, [tool === 'go' ? 'version' : '-version'], { stdio: 'ignore' }).status !== 0);
}

/** Fetches and builds the program of an engine, once for this clone; throws where that fails. */
export function fetchEngine(name) {
  ENGINES[name].fetch();
}

/** Starts an engine unless it runs, and answers its URL once it listens. */
export async function startEngine(name, folder) {
  const engine = ENGINES[name];
  const data = folderIn(resolve(folder), name);
  const known = read(data);
  if (isAlive(known.pid)) return known.url;
  fetchEngine(name);
  const ports = {};
  for (const name of engine.ports) ports[name] = known[name] ?? (await freePort());
  const { port } = ports;
  const [program, ...options] = engine.command(data, ports);
  const log = openSync(join(data, 'engine.log'), 'a');
  const child = spawn(program, options, { detached: true, stdio: ['ignore', log, log] });
  child.unref();
  const state = { ...ports, pid: child.pid, url: engine.url(port) };
  keep(data, state);
  await until(() => !isAlive(child.pid) || listens(port), READY_WITHIN_MS, `${engine.title} does not listen: see ${data}/engine.log`);
  if (!isAlive(child.pid)) throw new Error(`${engine.title} ended at once: see ${data}/engine.log`);
  return state.url;
}

/** Ends an engine and waits until it is gone. */
export async function stopEngine(name, folder, signal = 'SIGTERM') {
  const data = join(resolve(folder), name);
  const state = read(data);
  if (isAlive(state.pid)) process.kill(state.pid, signal);
  await until(() => !isAlive(state.pid), GONE_WITHIN_MS, `${ENGINES[name].title} does not end`);
  if (state.pid) keep(data, { ...state, pid: null });
}

function fetchKafka() {
  const libraries = join(CACHE, 'kafka', 'libs');
  if (existsSync(libraries)) return;
  // Fetched into another folder and renamed, so that an interrupted download is not taken for a complete one.
  const fetched = join(CACHE, 'kafka', 'fetched');
  rmSync(fetched, { recursive: true, force: true });
  run('mvn', ['-q', '-B', '-f', join(SOURCES, 'kafka', 'pom.xml'), 'dependency:copy-dependencies', `-DoutputDirectory=${fetched}`]);
  renameSync(fetched, libraries);
}

function fetchMongodb() {
  const folder = join(CACHE, 'mongodb');
  if (existsSync(join(folder, 'server'))) return;
  cpSync(join(SOURCES, 'mongodb'), folder, { recursive: true });
  run('go', ['build', '-o', 'server', '.'], folder);
}

function kafkaCommand(data, ports) {
  // Tests start it often and put little load on it: the first-tier compiler and the serial collector start fastest.
  const java = ['-Xms256m', '-Xmx512m', '-XX:TieredStopAtLevel=1', '-XX:+UseSerialGC', '-cp', join(CACHE, 'kafka', 'libs', '*')];
  const properties = join(data, 'server.properties');
  const values = { ...ports, data: join(data, 'log') };
  const template = readFileSync(join(SOURCES, 'kafka', 'server.properties'), 'utf8');
  writeFileSync(
    properties,
    template.replace(/\{(\w+)\}/g, (_, name) => String(values[name])),
  );
  if (!existsSync(values.data)) {
    const cluster = randomBytes(16).toString('base64url');
    run('java', [...java, 'kafka.tools.StorageTool', 'format', '--cluster-id', cluster, '--config', properties]);
  }
  return ['java', ...java, 'kafka.Kafka', properties];
}

function run(command, options, cwd = ROOT) {
  const done = spawnSync(command, options, { cwd, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
  if (done.status !== 0) throw new Error([`${command} failed`, done.stdout, done.stderr, done.error?.message].filter(Boolean).join('\n'));
}

/** A port on which no process listens now. */
function freePort() {
  return new Promise((resolvePort, reject) => {
    const server = createServer().on('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => resolvePort(port));
    });
  });
}

function listens(port) {
  return new Promise((answer) => {
    const socket = connect(port, '127.0.0.1');
    const end = (isListening) => {
      socket.destroy();
      answer(isListening);
    };
    socket.on('connect', () => end(true)).on('error', () => end(false));
  });
}

function isAlive(pid) {
  if (!pid) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

async function until(condition, withinMs, complaint) {
  for (const deadline = Date.now() + withinMs; !(await condition()); await wait(POLL_MS)) {
    if (Date.now() > deadline) throw new Error(complaint);
  }
}

function folderIn(folder, name) {
  const path = join(folder, name);
  mkdirSync(path, { recursive: true });
  return path;
}

const keep = (data, state) => writeFileSync(join(data, 'engine.json'), JSON.stringify(state));
const read = (data) => (existsSync(join(data, 'engine.json')) ? JSON.parse(readFileSync(join(data, 'engine.json'), 'utf8')) : {});

async function main([action, folder, ...names]) {
  const unknown = names.filter((name) => !(name in ENGINES));
  if (!['start', 'stop', 'kill'].includes(action) || !folder || unknown.length > 0) {
    throw new Error(`usage: node scripts/engines.mjs start|stop|kill FOLDER [${Object.keys(ENGINES).join('] [')}]`);
  }
  for (const name of names.length > 0 ? names : Object.keys(ENGINES)) {
    if (action === 'start') console.log(`${name} ${await startEngine(name, folder)}`);
    else await stopEngine(name, folder, action === 'kill' ? 'SIGKILL' : 'SIGTERM');
  }
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  main(process.argv.slice(2)).catch((error) => {
    console.error(error.message);
    process.exitCode = 1;
  });
}
