/** Where the machinery reports what a person should look at. `details` never holds personal data. */
export type Alarm = (message: string, details: Readonly<Record<string, unknown>>) => void;
