import { Injectable, type PipeTransform } from '@nestjs/common';
import { Form, isText, RequestProblem } from '@onedoor/platform';

type Field = string | readonly string[];

/**
 * What every form of a body comes down to: names with a text each, or several texts where a name was repeated. JSON numbers and
 * booleans become their text, null is absent. Nested values are refused here, before the validator meets them.
 */
@Injectable()
export class FlatBodyPipe implements PipeTransform<unknown, Readonly<Record<string, Field>>> {
  transform(sent: unknown): Readonly<Record<string, Field>> {
    const body: unknown = sent instanceof Form ? textsOf(sent) : sent;
    if (typeof body !== 'object' || body === null || Array.isArray(body)) {
      throw new RequestProblem(400, ['The body must be a form, or one flat JSON object']);
    }
    const fields = Object.entries(body).filter(([, value]) => value !== null && value !== undefined);
    return Object.fromEntries(fields.map(([name, value]) => [name, fieldOf(name, value)]));
  }
}

/** Files are not kept yet: a photo that vanished in silence would be worse than a refusal that says so. */
function textsOf(form: Form): object {
  const [file] = form.files;
  if (file !== undefined)
    throw new RequestProblem(400, [`${file.name.slice(0, 100)}: files are not taken in yet; send the address of a picture as media_url`]);
  return form.texts();
}

function fieldOf(name: string, value: unknown): Field {
  const texts = (Array.isArray(value) ? value : [value]).map((each) => (typeof each === 'object' ? null : String(each)));
  if (texts.some((text) => !isText(text))) {
    throw new RequestProblem(400, [`${name.toWellFormed().slice(0, 100)}: must be text, in well-formed Unicode and without NUL`]);
  }
  return Array.isArray(value) ? (texts as string[]) : (texts[0] ?? '');
}
