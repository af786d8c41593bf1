import { withoutReordering } from '@onedoor/kernel';

/** The two forms of an answer. XML is the mandatory one; JSON is the same with the outer root dropped and lists as bare arrays. */
export type Format = 'json' | 'xml';

export interface Rendered {
  readonly contentType: string;
  readonly body: string;
}

/** Degrees are a number in JSON, and have at least six decimals in XML: what clients of either kind expect. */
type Value = string | number | boolean | null | { readonly degrees: number };

/** One flat record of an Open311 list. Null becomes an empty element, or `null` in JSON. */
export type Row = Readonly<Record<string, Value>>;

/**
 * Renders `<root><item>…</item>…</root>`, or `[{…}]`. Text is shown in the order in which it is stored: no description can make what stands
 * beside it look like something else.
 */
export function renderList(format: Format, root: string, item: string, rows: readonly Row[]): Rendered {
  if (format === 'json')
    return {
      contentType: 'application/json; charset=utf-8',
      body: JSON.stringify(rows, (_name, value: unknown) =>
        isDegrees(value) ? value.degrees : typeof value === 'string' ? withoutReordering(value) : value,
      ),
    };
  const items = rows.map((row) => `<${item}>${Object.entries(row).map(element).join('')}</${item}>`);
  return {
    contentType: 'text/xml; charset=utf-8',
    body: `<?xml version="1.0" encoding="utf-8"?>\n<${root}>${items.join('')}</${root}>`,
  };
}

const element = ([name, value]: [string, Value]): string => `<${name}>${textOf(value)}</${name}>`;

function textOf(value: Value): string {
  if (value === null) return '';
  if (!isDegrees(value)) return escapeXml(withoutReordering(String(value)));
  const shortest = String(value.degrees);
  const [, decimals = ''] = shortest.split('.');
  return decimals.length >= 6 && !shortest.includes('e') ? shortest : value.degrees.toFixed(6);
}

const isDegrees = (value: unknown): value is { readonly degrees: number } =>
  typeof value === 'object' && value !== null && 'degrees' in value;

const ESCAPES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&apos;' };

/** Escapes markup, and drops what XML 1.0 cannot hold at all (section 2.2, Char): most control characters, lone surrogates. */
export function escapeXml(text: string): string {
  return text
    .toWellFormed()
    .replace(/[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu, '')
    .replace(/[&<>"']/g, (character) => ESCAPES[character] ?? character);
}
