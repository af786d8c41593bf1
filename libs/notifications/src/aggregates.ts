import type { Aggregate } from '@onedoor/engine';
import type { CorrespondenceCommand } from './correspondence/command.js';
import { correspondenceDecider } from './correspondence/decider.js';
import type { CorrespondenceEvent } from './correspondence/events.js';
import { CORRESPONDENCE_SHAPES } from './correspondence/shapes.js';
import type { CorrespondenceState } from './correspondence/state.js';

/** Stream `notification-<reference>`: only where the reporter left a way to be reached. */
export const CORRESPONDENCE: Aggregate<CorrespondenceState, CorrespondenceCommand, CorrespondenceEvent> = {
  category: 'notification',
  decider: correspondenceDecider,
  shapes: CORRESPONDENCE_SHAPES,
};
