import kafkajs from 'kafkajs';

/** The failure that the driver's own retries wrap. */
function rootOf(error: unknown): unknown {
  const { cause } = error as { readonly cause?: unknown };
  return error instanceof kafkajs.KafkaJSError && cause instanceof Error ? rootOf(cause) : error;
}

/** Whether no broker can answer now. A lasting refusal, as for an unknown topic, is an answer. */
export function isAbsence(error: unknown): boolean {
  const root = rootOf(error);
  return root instanceof kafkajs.KafkaJSError && (!(root instanceof kafkajs.KafkaJSProtocolError) || root.retriable);
}

/** The kind of a failure, without addresses and names of topics. */
export function kindOf(error: unknown): string {
  const { name, type } = rootOf(error) as { readonly name?: string; readonly type?: string };
  return [name, type].filter((part) => part !== undefined).join(', ');
}
