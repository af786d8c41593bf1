import type { Projected } from '@onedoor/engine';
import { createElement, type ReactElement } from 'react';
import { hours, recordClosing, recordPromise, recordReopening, recordRouting, service, submit } from '../../test/intake.fixtures.js';
import type { ServiceRequestCommand } from '../request/command.js';
import { serviceRequestDecider } from '../request/decider.js';
import type { ServiceRequestEvent } from '../request/events.js';
import { REQUEST_STATUS, type RequestStatus } from '../request/request-status.js';
import { renderHome, type HomeSection, type HomeView } from './home.page.js';

const visit: HomeView['visit'] = {
  city: 'Testville',
  zone: 'America/New_York',
  now: hours(0),
  services: [service('pothole', { name: 'Pothole', description: 'A hole <in> a street' })],
  baseUrl: 'http://localhost',
};

/** A request as its view shows it, after some commands. */
function shown(...commands: readonly ServiceRequestCommand[]): RequestStatus {
  let state = serviceRequestDecider.initial;
  let document: RequestStatus | null = null;
  for (const command of commands) {
    const decision = serviceRequestDecider.decide(command, state);
    if (decision.outcome === 'rejected') throw new Error(decision.code);
    for (const event of decision.events) {
      state = serviceRequestDecider.evolve(state, event);
      document = REQUEST_STATUS.evolve(document, { ...event, stream: 'request-9AN03NQK8NE' } as unknown as Projected<ServiceRequestEvent>);
    }
  }
  if (document === null) throw new Error('a request was submitted');
  return document;
}

const page = (requests: readonly RequestStatus[] = [], ...added: HomeView['added']): string => renderHome({ visit, requests, added });
const cells = (html: string): readonly string[] => [...html.matchAll(/<td>(.*?)<\/td>/g)].map(([, cell = '']) => cell);

function added(id: string, place: HomeSection['place'], title: string | null = id): HomeView['added'][number] {
  const content: ReactElement = createElement('p', null, `content of ${id}`);
  return { section: { id, title, place, sendsForms: false, render: () => Promise.resolve(content) }, content };
}

describe('the first page', () => {
  it('names the city and its time, and what can be asked for', () => {
    const html = page();
    expect(html).toContain('<h1>Testville 311</h1>');
    expect(html).toContain('It is Mar 2, 2026, 9:00 AM in Testville.');
    expect(html).toContain('<strong>Pothole</strong> <code>pothole</code>: A hole &lt;in&gt; a street');
    expect(html).toContain('<p>None yet.</p>');
  });

  it('says how a city is set up where nothing can be asked for yet', () => {
    const html = renderHome({ visit: { ...visit, services: [] }, requests: [], added: [] });
    expect(html).toContain('Nothing yet. City staff set up departments and services with <code>npm run onedoor -- city apply FILE</code>.');
    expect(page()).not.toContain('city apply');
  });

  it('shows of each request its department, its promise and its status, as its resident was told', () => {
    const told = [submit(), recordRouting(), recordPromise({ dueAt: hours(72) })];
    expect(cells(page([shown(submit())]))).toEqual(['Pothole', 'none yet', 'nothing promised', 'open', 'Mar 2, 9:00 AM']);
    expect(cells(page([shown(...told)]))).toEqual(['Pothole', 'works', 'Mar 5, 9:00 AM', 'open', 'Mar 2, 9:00 AM']);
    const closed = [...told, recordClosing({ at: hours(2), outcome: 'no_violation' })];
    expect(cells(page([shown(...closed)])).at(3)).toBe('closed Mar 2, 11:00 AM: no violation');
    expect(cells(page([shown(...closed, recordReopening())])).slice(2, 4)).toEqual(['nothing promised', 'open again']);
    expect(page([shown(submit())])).toContain('href="/open311/v2/requests/9AN03NQK8NE.json">9AN-03NQ-K8NE</a>');
  });

  it('has sections that are added before its own, in their order, and without a heading where none is given', () => {
    const html = page(
      [],
      added('one', { before: 'latest' }, null),
      added('two', { before: 'latest' }),
      added('three', { before: 'services' }),
    );
    const order = ['content of one', 'content of two', 'Latest requests', 'Where everything is', 'content of three', 'can be asked for'];
    expect(order.map((words) => html.indexOf(words))).toEqual(order.map((words) => html.indexOf(words)).sort((a, b) => a - b));
    expect(order.filter((words) => !html.includes(words))).toEqual([]);
    expect(html).not.toContain('id="one"');
    expect(html).toContain('<h2 id="two">two</h2>');
  });

  it('has a section that is added instead of one of its own in that place', () => {
    const html = page([], added('cases', { insteadOf: 'latest' }));
    expect(html).not.toContain('Latest requests');
    expect(html.indexOf('content of cases')).toBeLessThan(html.indexOf('Where everything is'));
  });
});
