import type { Alarm } from '@onedoor/engine';

/** Records alarms for a test to inspect. */
export class AlarmLog {
  readonly entries: { readonly message: string; readonly details: Readonly<Record<string, unknown>> }[] = [];

  readonly alarm: Alarm = (message, details) => {
    this.entries.push({ message, details });
  };

  get messages(): readonly string[] {
    return this.entries.map(({ message }) => message);
  }
}
