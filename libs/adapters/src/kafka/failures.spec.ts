import kafkajs from 'kafkajs';
import { isAbsence, kindOf } from './failures.js';

const unreachable = new kafkajs.KafkaJSConnectionError('connect ECONNREFUSED 10.1.2.3:9092', { broker: '10.1.2.3:9092' });
const protocolError = (type: string, code: number, retriable: boolean) =>
  Object.assign(new kafkajs.KafkaJSProtocolError(new Error(type)), { type, code, retriable });

describe('a failure of Kafka', () => {
  it.each([
    ['a broker that is away', unreachable, true],
    ['a broker that was asked in vain', new kafkajs.KafkaJSNumberOfRetriesExceeded(unreachable, { retryCount: 8, retryTime: 5_000 }), true],
    ['a partition between two leaders', protocolError('LEADER_NOT_AVAILABLE', 5, true), true],
    ['a topic that does not exist', protocolError('INVALID_TOPIC_EXCEPTION', 17, false), false],
    ['an answer that is less than is known', new Error('partition 0 of city'), false],
  ])('is told from an answer: %s', (_, error, expected) => {
    expect(isAbsence(error)).toBe(expected);
  });

  it('is named by its kind, without addresses', () => {
    expect(kindOf(new kafkajs.KafkaJSNumberOfRetriesExceeded(unreachable, { retryCount: 8, retryTime: 5_000 }))).toBe(
      'KafkaJSConnectionError',
    );
    expect(kindOf(protocolError('LEADER_NOT_AVAILABLE', 5, true))).toBe('KafkaJSProtocolError, LEADER_NOT_AVAILABLE');
  });
});
