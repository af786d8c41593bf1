import type { Aggregate } from '@onedoor/engine';
import type { FactCommand } from '../domain/fact/commands.js';
import { factDecider } from '../domain/fact/decider.js';
import type { FactEvent } from '../domain/fact/events.js';
import { FACT_SHAPES } from '../domain/fact/shapes.js';
import type { FactState } from '../domain/fact/state.js';

/** Stream `fact-<reference>`. */
export const FACT: Aggregate<FactState, FactCommand, FactEvent> = { category: 'fact', decider: factDecider, shapes: FACT_SHAPES };
