/** Reports what an operator should look at. `details` never holds personal data. */
export type Alarm = (message: string, details: Readonly<Record<string, unknown>>) => void;
