import type { Bearers } from '../../src/cluster/found-trial-city.js';

/** A running city as its users know it: by HTTP, and by mail. */
export interface StoryCity {
  /** The URL of a path. */
  urlOf(path: string): string;
  readonly bearers: Bearers;
  /** The raw messages that the mail server accepted, oldest first. */
  readonly mail: readonly string[];
  /** Resolves after so many minutes of the city's time. */
  pass(minutes: number): Promise<void>;
  close(): Promise<void>;
}

/** The target of every department: short, because a process a service runs on the real clock. */
export const TARGET_MINUTES = 1;

/** The API key of Open311. */
export const STORY_KEY = 'story-key';
