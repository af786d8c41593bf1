/** What a cluster looks like from outside, for `onedoor doctor`. */
export interface KafkaInspection {
  /** Why the cluster could not be asked; null when it answered. */
  readonly error: string | null;
  readonly topics: readonly TopicInspection[];
  readonly groups: readonly GroupInspection[];
}

export interface TopicInspection {
  readonly topic: string;
  /** Null where there is no such topic. */
  readonly partitions: number | null;
  /** As many as the topic is made with. */
  readonly declared: number;
}

export interface GroupInspection {
  readonly group: string;
  readonly topic: string;
  /** Processes that take part now. */
  readonly members: number;
  /** Messages that nobody has handled yet. */
  readonly messages: number;
}

/** Which topics should be there, and which of them each group follows. */
export interface ExpectedOfKafka {
  readonly topics: readonly string[];
  readonly groups: readonly { readonly group: string; readonly topics: readonly string[] }[];
}
