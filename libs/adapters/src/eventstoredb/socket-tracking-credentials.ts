import type { Socket } from 'node:net';
import { ChannelCredentials } from '@grpc/grpc-js';

type Connecting = ChannelCredentials['_createSecureConnector'];

/**
 * The credentials of one channel, which track the sockets that are opened with them. A channel that is closed shuts down gracefully:
 * at a server that hangs its sockets would stay open for as long as that lasts, also those whose handshake is not done.
 */
export class SocketTrackingCredentials extends ChannelCredentials {
  readonly #sockets = new Set<Socket>();
  #isClosed = false;

  constructor(private readonly inner: ChannelCredentials) {
    super();
  }

  override _isSecure(): boolean {
    return this.inner._isSecure();
  }

  override _equals(other: ChannelCredentials): boolean {
    return other === this;
  }

  override _createSecureConnector(...parameters: Parameters<Connecting>): ReturnType<Connecting> {
    const connector = this.inner._createSecureConnector(...parameters);
    return {
      connect: (socket) => {
        this.#track(socket);
        return connector.connect(socket);
      },
      waitForReady: () => connector.waitForReady(),
      getCallCredentials: () => connector.getCallCredentials(),
      destroy: () => connector.destroy(),
    };
  }

  /** Ends every connection, and each one that is made later. To be called after the channel was closed. */
  destroySockets(): void {
    this.#isClosed = true;
    for (const socket of this.#sockets) socket.destroy();
  }

  #track(socket: Socket): void {
    this.#sockets.add(socket);
    socket.once('close', () => this.#sockets.delete(socket));
    if (this.#isClosed) socket.destroy();
  }
}
