/** What may go wrong with this server, on request. The handshake is spared: a driver would only look for another server. */
export class MongoFaults {
  /** How long each answer is held back. */
  delayMs = 0;
  #refusals = 0;
  #lostAnswers = 0;

  /** The next commands are refused as by a server that is no longer the primary; nothing is done. */
  refuse(count: number): void {
    this.#refusals = count;
  }

  /** The next commands are done, and the connection ends before their answer. */
  loseAnswers(count: number): void {
    this.#lostAnswers = count;
  }

  isRefused(): boolean {
    return this.#refusals > 0 && this.#refusals-- > 0;
  }

  isAnswerLost(): boolean {
    return this.#lostAnswers > 0 && this.#lostAnswers-- > 0;
  }
}
