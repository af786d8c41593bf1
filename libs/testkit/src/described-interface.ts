import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';

/** The parts of an OpenAPI 3.1 document that responses are compared with. */
export interface OpenApiDocument {
  /** Operations by path and method. */
  readonly paths: Readonly<Record<string, Readonly<Record<string, DescribedOperation>>>>;
  readonly components: {
    readonly schemas: Readonly<Record<string, object>>;
    readonly responses: Readonly<Record<string, DescribedAnswer>>;
  };
}

interface DescribedOperation {
  /** By status. */
  readonly responses: Readonly<Record<string, DescribedAnswer | { readonly $ref: string }>>;
}

interface DescribedAnswer {
  readonly headers?: Readonly<Record<string, { readonly schema: object }>>;
  readonly content?: Readonly<Record<string, { readonly schema: object }>>;
}

/** A response of the server. */
interface GivenAnswer {
  readonly method: string;
  /** Without its query. */
  readonly path: string;
  readonly status: number;
  readonly headers: Readonly<Record<string, string | undefined>>;
  /** Parsed, where it is JSON. */
  readonly body: unknown;
}

/** Headers of HTTP itself, of browser security and of the rate limit: any response may have them, and no description lists them. */
const UNDESCRIBED: ReadonlySet<string> = new Set([
  'connection',
  'date',
  'location',
  'keep-alive',
  'transfer-encoding',
  'vary',
  'content-encoding',
  'content-type',
  'content-length',
  'content-security-policy',
  'strict-transport-security',
  'cache-control',
  'referrer-policy',
  'access-control-expose-headers',
]);
const EXTENSION = /^x-[a-z-]+$/;

/** Headers that a response must have where they are described. */
const REQUIRED: ReadonlySet<string> = new Set(['etag', 'cache-control', 'access-control-allow-origin', 'www-authenticate']);

/** A server's interface as its OpenAPI document describes it. */
export class DescribedInterface {
  private readonly ajv = new Ajv2020({ strict: true, strictTypes: false, strictRequired: false, allErrors: true });
  private readonly definitions: object;

  constructor(private readonly document: OpenApiDocument) {
    (addFormats as unknown as (into: Ajv2020) => void)(this.ajv);
    this.definitions = local(document.components.schemas) as object;
  }

  /** Throws for an invalid schema. */
  validatorOf(schema: object): ValidateFunction {
    return this.ajv.compile({ ...(local(schema) as object), $defs: this.definitions });
  }

  /** One line for each difference between a response and its description; none for a route that is not described. */
  problemsOf(answer: GivenAnswer): readonly string[] {
    const { method, path, status, headers } = answer;
    const methods = this.document.paths[this.templateOf(path) ?? '']?.[method];
    if (methods === undefined) return [];
    const name = `${method} ${path} ${status}`;
    const response = methods.responses[String(status)];
    if (response === undefined) return [`${name}: is not described`];
    const described = '$ref' in response ? (this.document.components.responses[response.$ref.split('/').at(-1) ?? ''] ?? {}) : response;
    const known = Object.keys(described.headers ?? {}).map((header) => header.toLowerCase());
    const lacking = known
      .filter((header) => REQUIRED.has(header) && headers[header] === undefined)
      .map((header) => `${name}: lacks ${header}`);
    const extra = Object.keys(headers)
      .filter((header) => !UNDESCRIBED.has(header) && !EXTENSION.test(header) && !known.includes(header))
      .map((header) => `${name}: ${header} is not described`);
    return [...lacking, ...extra, ...this.contentProblems(name, described, answer)];
  }

  /** The most literal matching template: fewest parameters first. */
  private templateOf(path: string): string | undefined {
    const fitting = Object.keys(this.document.paths).filter((template) =>
      new RegExp(`^${template.replaceAll('.', '\\.').replaceAll(/\{\w+\}/g, '[^/]+?')}/?$`).test(path),
    );
    return fitting.sort((one, other) => one.split('{').length - other.split('{').length)[0];
  }

  private contentProblems(name: string, { content = {} }: DescribedAnswer, { headers, body }: GivenAnswer): readonly string[] {
    const mediaType = headers['content-type']?.split(';')[0];
    if (mediaType === undefined) return Object.keys(content).length === 0 ? [] : [`${name}: has no content`];
    const described = content[mediaType];
    if (described === undefined) return [`${name}: ${mediaType} is not described`];
    if (!mediaType.endsWith('json')) return [];
    const validate = this.validatorOf(described.schema);
    return validate(body)
      ? []
      : (validate.errors ?? []).map(({ instancePath, message, params }) => `${name}: ${instancePath} ${message} ${JSON.stringify(params)}`);
  }
}

/** Rewrites references to other schemas of the document as references to `$defs`, so that a schema compiles alone. */
const local = (schema: object): unknown => JSON.parse(JSON.stringify(schema).replaceAll('"#/components/schemas/', '"#/$defs/'));
