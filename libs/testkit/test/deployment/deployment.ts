import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { sourceFiles } from '../lint/import-graph.js';
import { ROOT } from '../lint/snippet.js';

/** Everything that a deployment by containers consists of, as text, so that a test can plant a mistake in it. */
export interface Texts {
  readonly compose: string;
  readonly dockerfile: string;
  /** Empty where no proxy is part of it. */
  readonly proxy: string;
  /** What that one includes: which service answers for which path. */
  readonly table: string;
  /** The variables that the operator fills in. */
  readonly example: string;
}

/** The same, read. */
export interface Deployment extends Texts {
  readonly services: Readonly<Record<string, Service>>;
  readonly volumes: readonly string[];
  readonly networks: Readonly<Record<string, { readonly internal?: boolean } | null>>;
  /** Services before their variables were filled in. */
  readonly raw: Readonly<Record<string, Service>>;
  /** Files of the repository, relative to its root. */
  readonly exists: (path: string) => boolean;
}

export interface Service {
  readonly image?: string;
  readonly build?: { readonly context: string; readonly dockerfile: string };
  readonly command?: readonly string[];
  readonly user?: string;
  readonly read_only?: boolean;
  readonly tmpfs?: readonly string[];
  readonly cap_drop?: readonly string[];
  readonly security_opt?: readonly string[];
  readonly restart?: string;
  readonly mem_limit?: string;
  readonly cpus?: number;
  readonly pids_limit?: number;
  readonly environment?: Readonly<Record<string, string>>;
  readonly ports?: readonly string[];
  readonly volumes?: readonly string[];
  readonly networks?: readonly string[];
  readonly healthcheck?: { readonly test: readonly string[] };
  readonly depends_on?: Readonly<Record<string, { readonly condition: string }>>;
}

/** A compose file of the root with what belongs to it. */
export function readTexts(composeFile: string): Texts {
  const read = (path: string): string => readFileSync(join(ROOT, path), 'utf8');
  const compose = read(composeFile);
  const [proxy, table] = ['nginx.conf', 'services.map'].map((file) => (compose.includes(file) ? read(`infra/proxy/${file}`) : ''));
  return {
    compose,
    dockerfile: read('infra/docker/Dockerfile'),
    proxy: proxy ?? '',
    table: table ?? '',
    example: read('infra/compose/example.env'),
  };
}

export function readDeployment(texts: Texts): Deployment {
  const raw = composeOf(texts.compose);
  const filled = composeOf(filledIn(texts.compose));
  return {
    ...texts,
    services: filled.services,
    raw: raw.services,
    volumes: Object.keys(filled.volumes ?? {}),
    networks: filled.networks ?? {},
    exists: (path) => existsSync(join(ROOT, path)),
  };
}

/** What stands for a secret while settings are checked. */
const SECRET = '0123456789abcdef'.repeat(4);

const filledIn = (text: string): string =>
  text.replaceAll(/\$\{\w+:(?<kind>[-?])(?<rest>[^}]*)\}/g, (_whole, kind: string, rest: string) => (kind === '-' ? rest : SECRET));

interface Compose {
  readonly services: Readonly<Record<string, Service>>;
  readonly volumes?: Readonly<Record<string, unknown>>;
  readonly networks?: Deployment['networks'];
}

const composeOf = (text: string): Compose => parse(text, { merge: true }) as Compose;

/** Services that run OneDoor itself. */
export const ownServices = ({ services }: Deployment): readonly (readonly [name: string, service: Service])[] =>
  Object.entries(services).filter(([, { build }]) => build !== undefined);

export const SOURCES = sourceFiles().filter((file) => !file.endsWith('.spec.ts'));
