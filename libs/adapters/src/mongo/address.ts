import { Misconfigured } from '@onedoor/engine';

interface Rule {
  readonly isKept: (value: string) => boolean;
  readonly because: string;
}

const is = (wanted: string) => (value: string) => value === wanted;

const ACKNOWLEDGED: Rule = {
  isKept: is('majority'),
  because: 'must be majority, or left out: a write that fewer keep is lost when the primary changes',
};
const JOURNALED: Rule = {
  isKept: is('true'),
  because: 'must be true, or left out: a write that is in memory only is lost when the power fails',
};

/** What the options of a connection string may say, by their names in lower case. */
const RULES: Readonly<Record<string, Rule>> = {
  readpreference: { isKept: is('primary'), because: 'must be primary, or left out: other members answer with what was' },
  readconcernlevel: { isKept: is('majority'), because: 'must be majority, or left out: anything else may be taken back after it was read' },
  directconnection: {
    isKept: is('false'),
    because: 'must be false, or left out: one member alone goes on answering when it is no longer the primary',
  },
  w: ACKNOWLEDGED,
  journal: JOURNALED,
  j: JOURNALED,
};

/** Throws `Misconfigured` for options that weaken the guarantees OneDoor needs. Repeats nothing of the address but the option's name. */
export function checkAddress(url: string): void {
  const [, options = ''] = url.split('?');
  for (const [name, value] of new URLSearchParams(options)) {
    const rule = RULES[name.toLowerCase()];
    if (rule && !rule.isKept(value)) throw new Misconfigured(`MONGO_URL: the option ${name} ${rule.because}`);
  }
}
