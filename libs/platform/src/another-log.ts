/** What is said wherever positions of before turn out to be void in EventStoreDB, and what to do about it. Names settings, never their values. */
export const ANOTHER_LOG =
  'The log at EVENTSTORE_URL is not the one that the views in MONGO_URL were built from (restored from a backup?): ' +
  'stop OneDoor and run `onedoor renew-incarnation --profile distributed`';
