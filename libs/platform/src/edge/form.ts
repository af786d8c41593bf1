import { RequestProblem } from '../http/problem.js';
import { decode } from './text-encoding.js';

/** One field of a form, as the bytes that were sent. `charset`: its own, where its part of a multipart form names one. */
export interface FormField {
  readonly name: Buffer;
  readonly value: Buffer;
  readonly charset?: string;
}

/** A file of a multipart form. Its bytes are counted and not kept. */
export interface FormFile {
  readonly name: string;
  readonly bytes: number;
}

/** The fields of a form by name: one text, or several where the name was repeated. */
export type FormTexts = Readonly<Record<string, string | readonly string[]>>;

/** A form as it came: what its bytes say is known once it is known in which charset they are written. */
export class Form {
  /** `charset`: the one that the Content-Type names; null where it names none. */
  constructor(
    readonly fields: readonly FormField[],
    readonly files: readonly FormFile[] = [],
    readonly charset: string | null = null,
  ) {}

  /**
   * The fields as text: in the charset of the form where it names one, else in `otherwise`. Throws a 400 that names each field whose bytes
   * are none of it.
   */
  texts(otherwise = 'utf-8'): FormTexts {
    const usual = this.charset ?? otherwise;
    const decoded = this.fields.map(({ name, value, charset = usual }) => ({
      name: decode(name, usual) ?? name.toString('latin1'),
      value: decode(value, charset),
      charset,
    }));
    const problems = decoded.flatMap(({ name, value, charset }) =>
      value === null ? [`${name.slice(0, NAME_CHARACTERS)}: is not well-formed text of the charset ${charset}`] : [],
    );
    if (problems.length > 0) throw new RequestProblem(400, problems);
    const byName = Map.groupBy(decoded, ({ name }) => name);
    return Object.fromEntries(
      [...byName].map(([name, all]) => {
        const values = all.map(({ value }) => value ?? '');
        return [name, values.length === 1 ? (values[0] ?? '') : values];
      }),
    );
  }
}

const NAME_CHARACTERS = 100;
