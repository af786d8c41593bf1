/** When an operator should look at an alarm: at once, on the next working day, or never (it says that something is well again). */
type Urgency = 'now' | 'next day' | 'for information';

/** The servers whose outages are alarms. */
export type ServerName = 'EventStoreDB' | 'Kafka' | 'MongoDB';

/**
 * Every alarm there is, with its urgency. Its text is the `msg` of its line in the log and the label `message` of
 * `onedoor_alarms_total`, and docs/operations.md lists it under the same text: a spec compares the two. No alarm is raised about what
 * only a request was wrong with, so a client cannot raise one.
 */
export const ALARMS = {
  'message parked': 'now',
  'parked key dropped': 'for information',
  'parked key released': 'for information',
  'projection document quarantined': 'now',
  'messages fell out of retention before they were handled': 'now',
  'message skipped, for it is no CloudEvent': 'now',
  'log is another one than before': 'now',
  'request failed': 'now',
  'sealed text does not open': 'now',
  'worker failed': 'now',
  'worker stuck': 'now',
  'worker works again': 'for information',
  'the data can not be written any more': 'now',
  'the disk takes no writes': 'now',
  'the disk takes writes again': 'for information',
  'log was put there from elsewhere': 'next day',
  'EventStoreDB does not answer': 'now',
  'EventStoreDB answers again': 'for information',
  'Kafka does not answer': 'now',
  'Kafka answers again': 'for information',
  'MongoDB does not answer': 'now',
  'MongoDB answers again': 'for information',
  'due item failed': 'next day',
  'case handed over too often': 'next day',
  'told of what its own log does not know': 'next day',
  'the log answers less than it has told of': 'next day',
  'notification not recorded': 'next day',
  'mail server out of reach': 'next day',
  'mailer failed': 'next day',
  'topic differs from its declaration': 'next day',
  'consumer replaced': 'next day',
  'kafka answers less than is known': 'next day',
  'kafka complains': 'next day',
  'work feed failed': 'next day',
  'work stream failed': 'next day',
  'framework complains': 'next day',
  'sessions end with this process': 'next day',
  'story refused': 'next day',
} as const satisfies Readonly<Record<string, Urgency>>;

/** The text of an alarm. */
export type AlarmMessage = keyof typeof ALARMS;
