import type { INestApplicationContext } from '@nestjs/common';
import { handledRoutesOf } from '../access/routes-of.js';
import { operationOf, pathOf, RESPONSE_NAME } from './operation.js';
import { withComponents } from './with-components.js';

export interface OpenApiInfo {
  readonly title: string;
  readonly version: string;
  readonly description: string;
  readonly license: { readonly name: string; readonly url: string };
}

/**
 * The HTTP interface of an application as an OpenAPI 3.1 document: a plain object, to be written as YAML or JSON. It is made of the routes
 * themselves, so none is missing; bodies, parameters and roles are those that the code checks.
 */
export function openApi(app: INestApplicationContext, info: OpenApiInfo): object {
  const routes = [...handledRoutesOf(app)].sort((one, other) => (pathOf(one) < pathOf(other) ? -1 : 1));
  const byPath = Map.groupBy(routes, pathOf);
  const paths = Object.fromEntries(
    [...byPath].map(([path, ofPath]) => [
      path,
      Object.fromEntries(ofPath.map((route) => [route.method.toLowerCase(), operationOf(route)])),
    ]),
  );
  const { document, components: responses } = withComponents('responses', RESPONSE_NAME, paths);
  const { document: whole, components: schemas } = withComponents('schemas', 'title', { paths: document, responses });
  return {
    openapi: '3.1.0',
    info,
    servers: [{ url: '/', description: 'Wherever this installation answers.' }],
    paths: whole.paths,
    components: {
      securitySchemes: {
        bearer: {
          type: 'http',
          scheme: 'bearer',
          description: 'The token of a session (`POST /api/v1/sessions`), or one that an administrator issued to another system.',
        },
        operator: {
          type: 'http',
          scheme: 'bearer',
          description:
            'The token of the operator of the process, `ONEDOOR_OPERATOR_TOKEN`. Not asked for on `ONEDOOR_OPERATOR_PORT`, nor in a ' +
            'demonstration that sets neither.',
        },
      },
      responses: whole.responses,
      schemas,
    },
  };
}
