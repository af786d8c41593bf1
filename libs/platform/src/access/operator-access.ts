import { hash, timingSafeEqual } from 'node:crypto';
import { bearerOf } from './authenticator.js';

/** The part of Fastify's request by which an operator is known. */
export interface OperatorRequest {
  readonly headers: { readonly authorization?: string | undefined };
  readonly raw: { readonly socket: { readonly localPort?: number | undefined } };
}

export interface OperatorSettings {
  /** Empty: no token admits. */
  readonly token: string;
  /** 0: there is no such port. */
  readonly port: number;
  /** A demonstration whose operator named neither is open to everyone. */
  readonly isDemo: boolean;
}

/**
 * Who may see what is for operators: figures, the details of readiness, the outbox. A request that bears the operators' token, or came in
 * on their port, which listens on this machine only; with neither configured no request but those of a demonstration.
 */
export class OperatorAccess {
  constructor(private readonly settings: OperatorSettings) {}

  get isOpen(): boolean {
    const { token, port, isDemo } = this.settings;
    return isDemo && token === '' && port === 0;
  }

  admits({ headers, raw }: OperatorRequest): boolean {
    const { token, port } = this.settings;
    if (this.isOpen || (port !== 0 && raw.socket.localPort === port)) return true;
    const sent = bearerOf(headers);
    return token !== '' && sent !== null && timingSafeEqual(digestOf(sent), digestOf(token));
  }
}

/** Of equal length for every text, as the comparison needs it. */
const digestOf = (text: string): Buffer => hash('sha256', text, 'buffer');
