// The rule `onedoor/roles`: what a file of a context may import within its context, by the role in its name and by its slice. It checks
// direct imports; since it holds for every file, it holds for imports through others too.
import { dirname, join } from 'node:path';
import { roleOf } from './roles.mjs';

const PURE =
  'Rule "file roles": a file without a role in its name only computes, so that it is tested and replayed without what surrounds it.';
const COMMAND = 'Rule "file roles": a command is a definition; what it needs is handed to it, and the transition table judges it.';
const ORDER = 'Rule "slices": the slices of a context stand on one another in one order (onedoor.slices in its package.json).';

export const rolesRule = {
  meta: {
    type: 'problem',
    schema: [{ type: 'object' }],
    messages: {
      impure: `${PURE} It may not import "{{source}}".`,
      service: `${COMMAND} It may import only types from "{{source}}".`,
      order: `${ORDER} {{slice}} may not import {{other}}.`,
      undeclared: `${ORDER} {{slice}} is not among them.`,
    },
  },

  create(context) {
    const [{ slices }] = context.options;
    const file = partsOf(context.filename);
    const order = new Map(slices.flatMap((group, place) => group.map((slice) => [slice, place])));

    function check(node, source, isType) {
      if (!source.startsWith('.')) return;
      const target = partsOf(join(dirname(context.filename), source));
      if (target === null) return;
      if (file.role === 'pure' && target.role !== 'pure') context.report({ node, messageId: 'impure', data: { source } });
      if (file.role === 'command' && !isType && (!['pure', 'command'].includes(target.role) || isAggregate(target.path)))
        context.report({ node, messageId: 'service', data: { source } });
      checkOrder(node, target.slice);
    }

    function checkOrder(node, other) {
      const { slice } = file;
      if (slice === null || other === slice) return;
      // The root of a context imports its slices; a slice may import pure files of the root.
      if (other === null) return;
      if (!order.has(other)) return context.report({ node, messageId: 'undeclared', data: { slice: other } });
      if (order.get(other) >= order.get(slice)) context.report({ node, messageId: 'order', data: { slice, other } });
    }

    return {
      Program(node) {
        if (file.slice !== null && !order.has(file.slice)) context.report({ node, messageId: 'undeclared', data: { slice: file.slice } });
      },
      ImportDeclaration: (node) => check(node, node.source.value, isTypeOnly(node)),
      ExportNamedDeclaration: (node) => node.source && check(node, node.source.value, isTypeOnly(node)),
      ExportAllDeclaration: (node) => check(node, node.source.value, node.exportKind === 'type'),
      TSImportType: (node) => check(node, node.source.value, true),
      ImportExpression: (node) => node.source.type === 'Literal' && check(node, node.source.value, false),
    };
  },
};

/** The file that assembles an aggregate imports its command definitions, so a definition that imported it would make a cycle. */
const isAggregate = (path) => /\/(aggregates?|decider)\.[jt]s$/.test(path);

function isTypeOnly({ importKind, exportKind, specifiers }) {
  if (importKind === 'type' || exportKind === 'type') return true;
  return specifiers.length > 0 && specifiers.every((one) => one.importKind === 'type' || one.exportKind === 'type');
}

/** Slice (null: the context's root) and role of a file under the `src` of a workspace; null for a file elsewhere. */
function partsOf(filename) {
  const path = filename.replaceAll('\\', '/');
  const [, inside] = /\/(?:libs|apps)\/[^/]+\/src\/(.+)$/.exec(path) ?? [];
  if (inside === undefined) return null;
  const [slice, ...rest] = inside.split('/');
  return { path, slice: rest.length === 0 ? null : slice, role: roleOf(inside) };
}
