/** The only source of chance. */
export interface Entropy {
  /** `length` unpredictable bytes, as lower-case hex. */
  hex(length: number): string;
}
