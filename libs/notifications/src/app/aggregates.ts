import type { Aggregate } from '@onedoor/engine';
import type { CorrespondenceCommand } from '../domain/correspondence/commands.js';
import { correspondenceDecider } from '../domain/correspondence/decider.js';
import type { CorrespondenceEvent } from '../domain/correspondence/events.js';
import { CORRESPONDENCE_SHAPES } from '../domain/correspondence/shapes.js';
import type { CorrespondenceState } from '../domain/correspondence/state.js';

/** Stream `notification-<reference>`: only where the reporter left a way to be reached. */
export const CORRESPONDENCE: Aggregate<CorrespondenceState, CorrespondenceCommand, CorrespondenceEvent> = {
  category: 'notification',
  decider: correspondenceDecider,
  shapes: CORRESPONDENCE_SHAPES,
};
