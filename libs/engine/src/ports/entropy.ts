/** The only source of randomness. */
export interface Entropy {
  /** `length` unpredictable bytes, as lower-case hex. */
  hex(length: number): string;
}
