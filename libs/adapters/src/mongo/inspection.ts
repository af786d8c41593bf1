/** What a MongoDB looks like from outside, for `onedoor doctor`. */
export interface MongoInspection {
  /** Why it could not be asked; null when it answered. */
  readonly error: string | null;
  readonly collections: readonly CollectionInspection[];
}

export interface CollectionInspection {
  readonly name: string;
  /** The version that is served; null where there is none yet. */
  readonly version: number | null;
  /** Declared indexes that are not there, each by its fields. */
  readonly missingIndexes: readonly string[];
}
