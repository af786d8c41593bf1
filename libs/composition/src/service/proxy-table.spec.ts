import { Controller, Get } from '@nestjs/common';
import { defineContext, type Context } from '@onedoor/platform';
import { proxyTable } from './proxy-table.js';

/** A context that answers under a path, and one level below it. */
function contextAt(name: string, path: string, ...routes: readonly string[]): Context {
  @Controller(path)
  class Reads {}
  for (const [index, route] of routes.entries()) {
    const property = { value: () => null, configurable: true };
    Object.defineProperty(Reads.prototype, `read${index}`, property);
    Get(route)(Reads.prototype, `read${index}`, property as PropertyDescriptor);
  }
  return defineContext({
    name,
    aggregates: [],
    projections: [],
    topics: [],
    consumes: null,
    workers: [],
    vault: {},
    http: [Reads],
    providers: [],
    exports: [],
  });
}

const FRONT = { name: 'front', contexts: [contextAt('access', 'api/v1/me', ''), contextAt('intake', 'open311/v2', 'requests.:format')] };

describe("the proxy's table", () => {
  it('has the shortest beginning of each path that leads to no other process', () => {
    const work = { name: 'work', contexts: [contextAt('work', 'api/v1/cases', ':id', ':id/note'), contextAt('queue', 'triage', 'queue')] };
    expect(proxyTable([FRONT, work]).rows).toEqual([
      { prefix: '/api/v1/cases', service: 'work' },
      { prefix: '/triage', service: 'work' },
    ]);
  });

  it('tells apart by later segments what begins alike, past what is variable', () => {
    const work = { name: 'work', contexts: [contextAt('work', 'api/v1/departments', ':code/work')] };
    const figures = { name: 'figures', contexts: [contextAt('figures', 'api/v1/departments', ':code/figures')] };
    const { rows, serviceFor, nginx } = proxyTable([FRONT, work, figures]);
    expect(rows.map(({ prefix }) => prefix)).toEqual(['/api/v1/departments/:code/work', '/api/v1/departments/:code/figures']);
    expect(serviceFor('/api/v1/departments/streets/figures?by=day')).toBe('figures');
    expect(serviceFor('/api/v1/departments/streets/works')).toBe('front');
    expect(nginx.split('\n')).toContain('~^/api/v1/departments/[^/]+/work(?:/|$) work;');
  });

  it('leaves to the first process what no other one answers', () => {
    const { serviceFor, nginx } = proxyTable([FRONT, { name: 'work', contexts: [contextAt('work', 'work', 'queue')] }]);
    expect(['/', '/api/v1/me', '/works', '/anything'].map(serviceFor)).toEqual(['front', 'front', 'front', 'front']);
    expect(nginx.split('\n')).toEqual(expect.arrayContaining(['default front;', '~^/work(?:/|$) work;']));
  });

  it('refuses a path that two processes answer', () => {
    const twice = ['one', 'other'].map((name) => ({ name, contexts: [contextAt(name, 'work', ':id')] }));
    expect(() => proxyTable([FRONT, ...twice])).toThrow('/work/:id is answered by one process');
  });
});
