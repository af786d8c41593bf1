/** A number with what it counts, for sentences: `1 service`, `2 services`. */
export const counted = (number: number, noun: string): string => `${number} ${noun}${number === 1 ? '' : 's'}`;
