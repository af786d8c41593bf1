import type { Bearers } from '../../src/cluster/found-trial-city.js';

/** A city that runs, as people outside it know it: by HTTP, and by the mail they get. */
export interface StoryCity {
  /** Where a path is answered. */
  urlOf(path: string): string;
  readonly bearers: Bearers;
  /** The messages that the mail server took over, raw, oldest first. */
  readonly mail: readonly string[];
  /** Lets so many minutes of the city's time pass. */
  pass(minutes: number): Promise<void>;
  close(): Promise<void>;
}

/** The promise of every department: short, where time can only be waited for. */
export const TARGET_MINUTES = 1;

/** The key that opens Open311. */
export const STORY_KEY = 'story-key';
