import { readFileSync } from 'node:fs';
import { isIP } from 'node:net';
import { checkServerIdentity, createSecureContext, type SecureContext } from 'node:tls';
import { Channel, type ChannelOptions, ChannelCredentials } from '@grpc/grpc-js';
import { Misconfigured } from '@onedoor/engine';
import { type Address, type Endpoint, textOf } from './address.js';
import { SocketTrackingCredentials } from './socket-tracking-credentials.js';

/** The server may answer events of this size, although it takes smaller ones only. */
const MESSAGE_BYTES_MAX = 17 * 1024 * 1024;
const KEEP_ALIVE_MS = 10_000;
/** Pauses before a broken connection is tried anew: the first one, and the longest. */
const FIRST_RECONNECT_MS = 100;
const LONGEST_RECONNECT_MS = 1_000;

/** Sent as the server's name where only its IP address is known: TLS forbids an address there, and a node has one certificate anyway. */
const NAME_OF_AN_ADDRESS = 'localhost';

export interface OpenChannel {
  readonly channel: Channel;
  /** Ends its connections, with the calls that are under way on them. */
  close(): void;
}

/** Makes gRPC channels to the nodes of one address. Each has a connection of its own, so that closing one closes it for good. */
export class ChannelFactory {
  /** Null where the address speaks no TLS. */
  readonly secureContext: SecureContext | null;

  /** Throws `Misconfigured` where a file that the address names can not be used. */
  constructor(private readonly address: Address) {
    this.secureContext = address.isSecure ? secureContextOf(address) : null;
  }

  open(endpoint: Endpoint): OpenChannel {
    const credentials = this.credentialsOf(endpoint);
    const channel = new Channel(targetOf(endpoint), credentials, this.optionsOf(endpoint));
    return {
      channel,
      close: () => {
        channel.close();
        credentials.destroySockets();
      },
    };
  }

  credentialsOf(endpoint: Endpoint): SocketTrackingCredentials {
    return new SocketTrackingCredentials(this.#credentialsOf(endpoint));
  }

  #credentialsOf(endpoint: Endpoint): ChannelCredentials {
    if (this.secureContext === null) return ChannelCredentials.createInsecure();
    const { checkServerIdentity } = identityOf(endpoint);
    return ChannelCredentials.createFromSecureContext(this.secureContext, { checkServerIdentity });
  }

  optionsOf(endpoint: Endpoint): ChannelOptions {
    const { keepAliveIntervalMs = KEEP_ALIVE_MS, keepAliveTimeoutMs = KEEP_ALIVE_MS } = this.address.options;
    return {
      'grpc.use_local_subchannel_pool': 1,
      'grpc.service_config_disable_resolution': 1,
      'grpc.max_receive_message_length': MESSAGE_BYTES_MAX,
      'grpc.initial_reconnect_backoff_ms': FIRST_RECONNECT_MS,
      'grpc.max_reconnect_backoff_ms': LONGEST_RECONNECT_MS,
      'grpc.keepalive_time_ms': keepAliveIntervalMs < 0 ? Number.MAX_VALUE : keepAliveIntervalMs,
      'grpc.keepalive_timeout_ms': keepAliveTimeoutMs < 0 ? Number.MAX_VALUE : keepAliveTimeoutMs,
      ...(this.secureContext !== null && { 'grpc.ssl_target_name_override': identityOf(endpoint).servername }),
    };
  }
}

export const targetOf = (endpoint: Endpoint): string => `dns:${textOf(endpoint)}`;

/** How a node is identified over TLS, for any protocol: by a name or an IP address that its certificate must hold. */
export function identityOf({ certifiedName, host }: Endpoint): {
  readonly servername: string;
  readonly checkServerIdentity: typeof checkServerIdentity;
} {
  const name = certifiedName ?? host;
  return {
    servername: isIP(name) === 0 ? name : NAME_OF_AN_ADDRESS,
    checkServerIdentity: (_sent, certificate) => checkServerIdentity(name, certificate),
  };
}

function secureContextOf({ options: { tlsCAFile, userCertFile, userKeyFile } }: Address): SecureContext {
  try {
    return createSecureContext({
      ...(tlsCAFile !== undefined && { ca: fileOf('tlsCAFile', tlsCAFile) }),
      ...(userCertFile !== undefined && { cert: fileOf('userCertFile', userCertFile) }),
      ...(userKeyFile !== undefined && { key: fileOf('userKeyFile', userKeyFile) }),
    });
  } catch (error) {
    if (error instanceof Misconfigured) throw error;
    throw new Misconfigured('The connection string of EventStoreDB names files of certificates or keys that are none');
  }
}

function fileOf(option: string, path: string): Buffer {
  try {
    return readFileSync(path);
  } catch {
    throw new Misconfigured(`The connection string of EventStoreDB has an option ${option} that names no readable file: ${path}`);
  }
}
