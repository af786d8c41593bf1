import { randomBytes } from 'node:crypto';
import type { Entropy } from '@onedoor/engine';

export const systemEntropy: Entropy = { hex: (length) => randomBytes(length).toString('hex') };
