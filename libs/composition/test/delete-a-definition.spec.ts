import { join } from 'node:path';
import { allowedActions, authorityMatrix, upcast, type AnyCommandSet } from '@onedoor/engine';
import { ROLES, type DomainEvent, type Principal } from '@onedoor/kernel';
import { routesOfContext, type Context, type ContextAggregate } from '@onedoor/platform';
import { goldenStream } from '@onedoor/testkit';
import { CONTEXTS } from '../src/contexts.js';
import { productOpenApi } from '../src/product/product-open-api.js';

/** A context without one of its definitions: nothing else about it is changed. */
function without(context: Context, { of }: ContextAggregate, name: string): Context {
  const aggregates = context.aggregates.map((aggregate) => {
    if (aggregate.of !== of) return aggregate;
    const { [name]: _deleted, ...commands } = aggregate.commands.commands;
    return { ...aggregate, commands: { ...aggregate.commands, commands } };
  });
  return { ...context, aggregates };
}

const setIn = ({ aggregates }: Context, { of }: ContextAggregate): AnyCommandSet =>
  aggregates.find((aggregate) => aggregate.of === of)?.commands as AnyCommandSet;

const routesOf = (context: Context): readonly string[] => routesOfContext(context).map(({ method, path }) => `${method} ${path}`);
const matrixOf = (set: AnyCommandSet): readonly string[] => authorityMatrix(set).map(([route]) => route);
const pathsOf = async (contexts: readonly Context[]): Promise<readonly string[]> =>
  Object.keys(((await productOpenApi(contexts)) as { readonly paths: object }).paths);
/** What is in the first list and not in the second one. */
const lacks = (whole: readonly string[], part: readonly string[]): readonly string[] => whole.filter((each) => !part.includes(each));

const definitions = CONTEXTS.flatMap((context) =>
  context.aggregates.flatMap((aggregate) =>
    Object.values(aggregate.commands.commands)
      .filter(({ roles }) => roles.length > 0)
      .map(({ name, roles, route }) => ({
        title: `${name} of ${aggregate.of.category}`,
        context,
        aggregate,
        name,
        roles,
        // The bulk form of a command is made where it holds for an edition.
        routes: aggregate.commands.editionOf !== undefined && route === undefined ? 3 : 1,
      })),
  ),
);

describe('without its definition', () => {
  it.each(definitions)(
    '$title has no route and no row in the matrix, and all others have theirs',
    ({ context, aggregate, name, routes }) => {
      const rest = without(context, aggregate, name);
      const [before, after] = [routesOf(context), routesOf(rest)];
      expect(lacks(before, after)).toHaveLength(routes);
      expect(lacks(after, before)).toEqual([]);
      const [row] = lacks(matrixOf(aggregate.commands), matrixOf(setIn(rest, aggregate)));
      expect(lacks(before, after)).toContain(row);
    },
  );

  const assigned = definitions.find(({ title }) => title === 'assign of case');

  it('a command of cases is no action that a case allows', () => {
    const { context, aggregate, roles } = assigned as NonNullable<typeof assigned>;
    const { decider, shapes } = aggregate.of;
    const golden = goldenStream(join(import.meta.dirname, '../../routing/src/case/golden'), 'case-golden');
    const state = golden.reduce<unknown>((folded, event) => decider.evolve(folded, upcast(shapes, event) as DomainEvent), decider.initial);
    const actionsIn = (set: AnyCommandSet, principal: Principal): readonly string[] =>
      allowedActions(set, set.existing(state), principal).map(({ name }) => name);
    for (const role of ROLES) {
      const principal = { kind: 'account', id: 'someone', role, department: role === 'department' ? 'parks' : null } as Principal;
      const gone = lacks(
        actionsIn(aggregate.commands, principal),
        actionsIn(setIn(without(context, aggregate, 'assign'), aggregate), principal),
      );
      expect([role, gone]).toEqual([role, roles.includes(role) ? ['assign'] : []]);
    }
  });

  it('a command of cases is in no description', async () => {
    const { context, aggregate } = assigned as NonNullable<typeof assigned>;
    const rest = CONTEXTS.map((each) => (each === context ? without(context, aggregate, 'assign') : each));
    const [before, after] = [await pathsOf(CONTEXTS), await pathsOf(rest)];
    expect([...lacks(before, after)].sort()).toEqual([
      '/api/v1/cases/bulk/assign',
      '/api/v1/cases/bulk/assign/preview',
      '/api/v1/cases/{reference}/assign',
    ]);
    expect(lacks(after, before)).toEqual([]);
  });
});
