import type { LoggerService } from '@nestjs/common';
import type { Alarm } from '@onedoor/engine';

const REASON_CHARACTERS = 200;

/** Raises an alarm for what Nest itself would print: an error, or a warning. It prints nothing else here. */
export function frameworkLog(alarm: Alarm): LoggerService {
  const complain =
    (level: string) =>
    (message: unknown, ...more: readonly unknown[]): void => {
      const part = more.findLast((each) => typeof each === 'string') ?? null;
      alarm('framework complains', { level, part: part && oneLine(part), reason: oneLine(message) });
    };
  const silent = (): void => undefined;
  return { error: complain('error'), fatal: complain('fatal'), warn: complain('warn'), log: silent, debug: silent, verbose: silent };
}

const oneLine = (value: unknown): string => String(value).split('\n', 1).join('').slice(0, REASON_CHARACTERS);
