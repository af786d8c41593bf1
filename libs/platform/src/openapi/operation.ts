import type { HandledRoute } from '../access/routes-of.js';
import { descriptionOf, type Answer, type Content, type Description, type Parameter } from './description.js';
import { inputsOf, type HandlerInputs } from './handler-inputs.js';
import { refusalsOf } from './refusals.js';
import { fieldSchemasOf, schemaOfDto } from './schema-of-dto.js';
import { text, type Schema } from './schema.js';

/** One route as an OpenAPI operation, with its schemas written out where they are used. */
export function operationOf(route: HandledRoute): object {
  const { rule, controller, handler, name } = route;
  const description = descriptionOf(controller, handler);
  const inputs = inputsOf(controller, name);
  const parameters = parametersOf(route, description, inputs);
  const body = bodyContentOf(description, inputs);
  const roles = rule !== null && 'roles' in rule ? rule.roles : null;
  const isForOperators = rule !== null && 'operators' in rule;
  const refusals = refusalsOf(route, description);
  const usual = description.answer ?? (description.answers === undefined ? { says: 'Done.' } : null);
  const answers: Readonly<Record<string, Answer>> = { ...(usual && { [usualStatus(route)]: usual }), ...description.answers, ...refusals };
  return {
    operationId: `${controller.name.replace(/Controller$/, '')}_${name}`,
    ...(description.tag !== undefined && { tags: [description.tag] }),
    summary: description.summary ?? name,
    ...(description.details !== undefined && { description: description.details }),
    ...(description.command !== undefined && { 'x-command': description.command }),
    security: roles !== null ? [{ bearer: [] }] : isForOperators ? [{ operator: [] }] : [],
    ...(roles !== null && { 'x-roles': roles }),
    ...(isForOperators && { 'x-operators': true }),
    ...(parameters.length > 0 && { parameters }),
    ...(body !== null && { requestBody: { required: true, content: body } }),
    responses: Object.fromEntries(Object.entries(answers).map(([status, answer]) => [status, responseOf(answer)])),
  };
}

/** OpenAPI writes the parameters of a path in braces. */
export const pathOf = ({ path }: HandledRoute): string => path.replaceAll(/:(\w+)/g, '{$1}');

/** The metadata key of Nest's decorator for the status of a success, and the status without one. */
const HTTP_CODE = '__httpCode__';
const usualStatus = ({ method, handler }: HandledRoute): number =>
  (Reflect.getMetadata(HTTP_CODE, handler) as number | undefined) ?? (method === 'POST' ? 201 : 200);

interface PlacedParameter {
  readonly name: string;
  readonly in: 'path' | 'query' | 'header';
  readonly required: boolean;
  readonly description?: string;
  readonly schema: Schema;
}

/** What parameters are for that many lists have: their rules say the form alone. */
const MEANINGS: Readonly<Record<string, string>> = {
  limit: 'Rows of a page.',
  cursor: 'Where the page before ended, as its header `Link` has it.',
  before: 'Only the versions before this one.',
  after: 'The list is answered once it shows what was done up to there.',
};

/** The parameters of the query of a route, by name: those of its DTO, and those of its description. */
export function queryOf(description: Description, { query }: HandlerInputs): Readonly<Record<string, Parameter>> {
  const fields =
    query === null
      ? []
      : [...fieldSchemasOf(query)].map(
          ([name, { schema, isOptional }]) => [name, { schema: meant(name, schema), required: !isOptional }] as const,
        );
  return { ...Object.fromEntries(fields), ...description.query };
}

function meant(name: string, schema: Schema): Schema {
  const words = [MEANINGS[name], schema.description].filter((each) => each !== undefined);
  return words.length === 0 ? schema : { ...schema, description: words.join(' ') };
}

function parametersOf({ path }: HandledRoute, description: Description, inputs: HandlerInputs): readonly PlacedParameter[] {
  const names = [...path.matchAll(/:(?<name>\w+)/g)].map(({ groups }) => groups?.['name'] ?? '');
  const queries = queryOf(description, inputs);
  return [
    ...names.map((name) => placed('path', name, { schema: description.path?.[name] ?? text('An id.'), required: true })),
    ...Object.entries(queries).map(([name, parameter]) => placed('query', name, parameter)),
    ...Object.entries(description.headers ?? {}).map(([name, parameter]) => placed('header', name, parameter)),
  ];
}

function placed(
  place: PlacedParameter['in'],
  name: string,
  { schema: { description, ...schema }, required = false }: Parameter,
): PlacedParameter {
  return { name, in: place, required, ...(description !== undefined && { description }), schema };
}

function bodyContentOf({ body, example }: Description, inputs: HandlerInputs): Content | null {
  const type = body === undefined ? inputs.body : 'type' in body ? body.type : null;
  const schema = body !== undefined && 'schema' in body ? body.schema : type && schemaOfDto(type);
  if (schema === null) return null;
  const content = { schema, ...(example !== undefined && { example }) };
  return Object.fromEntries((body?.mediaTypes ?? ['application/json']).map((mediaType) => [mediaType, content]));
}

/** The member of a response that holds its name among the components, until it is moved there. */
export const RESPONSE_NAME = 'x-name';

const responseOf = ({ name, says, content, headers }: Answer): object => ({
  ...(name !== undefined && { [RESPONSE_NAME]: name }),
  description: says,
  ...(headers && {
    headers: Object.fromEntries(Object.entries(headers).map(([name, { description, ...schema }]) => [name, { description, schema }])),
  }),
  ...(content && { content }),
});
