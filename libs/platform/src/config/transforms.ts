/** A whole number written as such; anything else is left for the validator to refuse. */
export const whole = (value: unknown): unknown => (typeof value === 'string' && /^-?\d{1,15}$/.test(value.trim()) ? Number(value) : value);

/** `on` and `off`, and their usual synonyms. */
export const onOrOff = (value: unknown): unknown => {
  const meaning: Readonly<Record<string, boolean>> = { on: true, true: true, 1: true, off: false, false: false, 0: false };
  return typeof value === 'string' ? (meaning[value.toLowerCase()] ?? value) : value;
};

/** A list separated by commas; empty parts are dropped. */
export const list = (value: unknown): unknown =>
  typeof value === 'string'
    ? value
        .split(',')
        .map((part) => part.trim())
        .filter((part) => part !== '')
    : value;
