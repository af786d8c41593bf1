// The rule `onedoor/imports`: what the files of one zone may import. The zones are data, in import-zones.mjs.
import { dirname, join } from 'node:path';

const EVERYTHING = '*';

export const importsRule = {
  meta: {
    type: 'problem',
    schema: [{ type: 'object' }],
    messages: {
      foreign: 'Rule "{{rule}}": {{zone}} may not import "{{source}}". {{why}}',
      outside: 'Rule "{{rule}}": {{zone}} may not reach "{{source}}", outside of {{within}}. {{why}}',
      value: 'Rule "{{rule}}": {{zone}} may not import the value {{name}} from "{{source}}", only {{allowed}}. {{why}}',
      computed: 'Rule "{{rule}}": {{zone}} may not import what is named only at run time. {{why}}',
    },
  },

  create(context) {
    const [zone] = context.options;
    const { rule, why } = zone;
    const file = context.filename.replaceAll('\\', '/');

    const report = (node, messageId, data = {}) => context.report({ node, messageId, data: { rule, why, zone: zone.zone, ...data } });

    function check(node, source, values) {
      if (source.startsWith('.')) {
        if (!staysWithin(file, source, zone.within)) report(node, 'outside', { source, within: zone.within });
        return;
      }
      const entry = zone.may.find((one) => matches(one.from ?? one, source));
      if (entry === undefined || zone.mayNot?.includes(source)) return report(node, 'foreign', { source });
      if (entry.values === undefined) return;
      for (const name of values) {
        if (!entry.values.includes(name)) report(node, 'value', { source, name, allowed: ['types', ...entry.values].join(', ') });
      }
    }

    return {
      ImportDeclaration: (node) => check(node, node.source.value, importedValues(node)),
      ExportNamedDeclaration: (node) => node.source && check(node, node.source.value, exportedValues(node)),
      ExportAllDeclaration: (node) => check(node, node.source.value, node.exportKind === 'type' ? [] : [EVERYTHING]),
      TSImportType: (node) => check(node, node.source.value, []),
      ImportExpression(node) {
        if (node.source.type === 'Literal') check(node, node.source.value, [EVERYTHING]);
        else if (zone.mayCompute !== true) report(node, 'computed');
      },
    };
  },
};

/** Matches a name, or a prefix followed by `*` for one path segment: `@onedoor/*` does not match `@onedoor/kernel/src`. */
function matches(pattern, source) {
  if (!pattern.endsWith('*')) return source === pattern;
  const start = pattern.slice(0, -1);
  return source.startsWith(start) && (start === 'node:' || !source.slice(start.length).includes('/'));
}

function staysWithin(file, source, within) {
  if (within === undefined) return true;
  const end = file.lastIndexOf(`/${within}/`) + within.length + 2;
  return join(dirname(file), source).replaceAll('\\', '/').startsWith(file.slice(0, end));
}

function importedValues({ importKind, specifiers }) {
  if (importKind === 'type') return [];
  if (specifiers.length === 0) return [EVERYTHING];
  return specifiers
    .filter((one) => one.importKind !== 'type')
    .map((one) => (one.type === 'ImportSpecifier' ? nameOf(one.imported) : EVERYTHING));
}

function exportedValues({ exportKind, specifiers }) {
  return exportKind === 'type' ? [] : specifiers.filter((one) => one.exportKind !== 'type').map((one) => nameOf(one.local));
}

const nameOf = (node) => node.name ?? node.value;
