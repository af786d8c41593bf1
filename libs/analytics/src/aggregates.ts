import type { Aggregate } from '@onedoor/engine';
import type { FactCommand } from './fact/command.js';
import { factDecider } from './fact/decider.js';
import type { FactEvent } from './fact/events.js';
import { FACT_SHAPES } from './fact/shapes.js';
import type { FactState } from './fact/state.js';

/** Stream `fact-<reference>`. */
export const FACT: Aggregate<FactState, FactCommand, FactEvent> = { category: 'fact', decider: factDecider, shapes: FACT_SHAPES };
