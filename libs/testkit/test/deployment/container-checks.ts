import { ownServices, type Deployment, type Service } from './deployment.js';
import type { Check } from './check.js';

const services = ({ services }: Deployment): readonly (readonly [name: string, service: Service])[] => Object.entries(services);

/** `name:1.2.3`, with any suffix; a repository that says less gives another image tomorrow. */
const EXACT = /^[a-z0-9/.-]+:v?\d+\.\d+\.\d+(-[a-z0-9.-]+)?$/;

export const imagesArePinned: Check = (deployment) => [
  ...services(deployment).flatMap(([name, { image = '', build }]) =>
    build === undefined && !EXACT.test(image) ? [`${name}: ${image} is no exact version`] : [],
  ),
  ...[...deployment.dockerfile.matchAll(/^FROM (?<image>\S+)/gm)].flatMap(({ groups }) =>
    EXACT.test(groups?.['image'] ?? '') ? [] : [`FROM ${groups?.['image']}`],
  ),
];

/** Build contexts, Dockerfiles, mounted files, and the source of what is run. */
export const pathsExist: Check = (deployment) => {
  const paths = services(deployment).flatMap(([name, { build, volumes = [], command = [] }]) =>
    [
      ...(build === undefined ? [] : [build.context, build.dockerfile]),
      ...volumes.filter((volume) => volume.startsWith('.')).map((volume) => volume.split(':')[0] ?? ''),
      ...programsIn(command.join(' ')),
    ].map((path) => [name, path] as const),
  );
  const missing = [...paths, ...programsIn(deployment.dockerfile).map((path) => ['Dockerfile', path] as const)].filter(
    ([, path]) => !deployment.exists(path),
  );
  const idle = ownServices(deployment).filter(([, { command }]) => programsIn((command ?? []).join(' ')).length !== 1);
  return [
    ...missing.map(([name, path]) => `${name}: there is no ${path}`),
    ...idle.map(([name]) => `${name}: its command names no program`),
  ];
};

/** What is run is compiled from there. */
const programsIn = (text: string): readonly string[] =>
  (text.match(/apps\/\w+\/dist\/main\.js/g) ?? []).map((path) => path.replace('/dist/main.js', '/src/main.ts'));

export const everyoneWaits: Check = (deployment) =>
  services(deployment).flatMap(([name, { depends_on = {}, healthcheck }]) => [
    ...(healthcheck === undefined ? [`${name}: has no health check`] : []),
    ...Object.entries(depends_on)
      .filter(([other, { condition }]) => deployment.services[other]?.healthcheck === undefined || condition !== 'service_healthy')
      .map(([other]) => `${name}: does not wait until ${other} is healthy`),
  ]);

export const declarationsAreUsed: Check = (deployment) => {
  const volumes = services(deployment).flatMap(([, { volumes = [] }]) =>
    volumes.map((volume) => volume.split(':')[0] ?? '').filter((volume) => !/^[./]/.test(volume)),
  );
  const networks = services(deployment).flatMap(([, { networks = [] }]) => networks);
  return [...differences('volume', deployment.volumes, volumes), ...differences('network', Object.keys(deployment.networks), networks)];
};

const differences = (kind: string, declared: readonly string[], used: readonly string[]): readonly string[] => [
  ...declared.filter((name) => !used.includes(name)).map((name) => `${kind} ${name} is not used`),
  ...used.filter((name) => !declared.includes(name)).map((name) => `${kind} ${name} is not declared`),
];

export const containersAreConfined: Check = (deployment) =>
  services(deployment).flatMap(([name, service]) => {
    const isOwn = service.build !== undefined;
    const lacks = [
      ...(/^(0|root)?(:|$)/.test(service.user ?? '') ? ['a user other than root'] : []),
      ...(service.cap_drop?.includes('ALL') ? [] : ['cap_drop: ALL']),
      ...(service.security_opt?.includes('no-new-privileges:true') ? [] : ['no-new-privileges']),
      ...(service.mem_limit && service.cpus && service.pids_limit ? [] : ['limits']),
      ...(service.restart ? [] : ['a restart policy']),
      ...(isOwn && !(service.read_only && service.tmpfs?.includes('/tmp')) ? ['a read-only root filesystem with a /tmp'] : []),
      ...((service.ports ?? []).every((port) => port.startsWith('127.0.0.1:')) ? [] : ['ports on this machine only']),
    ];
    return lacks.map((what) => `${name}: lacks ${what}`);
  });

/** Engines that authenticate no client stand on a network that leads nowhere. */
export const enginesAreOutOfReach: Check = (deployment) =>
  services(deployment).flatMap(([name, { build, ports, networks = [] }]) => {
    const isReachable = networks.length === 0 || networks.some((network) => deployment.networks[network]?.internal !== true);
    return build === undefined && ports === undefined && isReachable ? [`${name}: can be reached from outside`] : [];
  });
