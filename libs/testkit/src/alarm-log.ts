import type { Alarm } from '@onedoor/engine';

/** Keeps what was reported, for a test to look at. */
export class AlarmLog {
  readonly entries: { readonly message: string; readonly details: Readonly<Record<string, unknown>> }[] = [];

  readonly alarm: Alarm = (message, details) => {
    this.entries.push({ message, details });
  };

  get messages(): readonly string[] {
    return this.entries.map(({ message }) => message);
  }
}
