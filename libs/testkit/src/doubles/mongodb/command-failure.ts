/** The refusal of a command, with MongoDB's error code and its name. */
export class CommandFailure extends Error {
  constructor(
    readonly code: number,
    readonly codeName: string,
    message: string,
    /** Further fields of the answer. */
    readonly details: Readonly<Record<string, unknown>> = {},
  ) {
    super(message);
  }
}

export const badValue = (message: string): CommandFailure => new CommandFailure(2, 'BadValue', message);
