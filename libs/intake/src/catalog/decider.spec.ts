import { givenOf } from '@onedoor/testkit';
import { addServices, catalogOpened, openCatalog, service, servicesAdded } from '../../test/intake.fixtures.js';
import { serviceCatalogDecider } from './decider.js';

const given = givenOf(serviceCatalogDecider);

describe('opening the catalog', () => {
  it('names the city and the zone of its days', () => {
    given().when(openCatalog()).then(catalogOpened());
  });

  it('twice changes nothing', () => {
    given(catalogOpened()).when(openCatalog()).thenNothing();
  });

  it('of one city is never the catalog of another', () => {
    given(catalogOpened())
      .when(openCatalog({ city: 'Elsewhere', zone: 'Europe/Berlin' }))
      .thenRejects('CATALOG_OF_ANOTHER_CITY');
  });

  it('names the zone where that alone differs', () => {
    given(catalogOpened())
      .when(openCatalog({ zone: 'Europe/Berlin' }))
      .thenRejects('CATALOG_OF_ANOTHER_CITY', /^zone: .*not in Europe\/Berlin/);
  });

  it('of one city is never the catalog of another, though their days have one zone', () => {
    given(catalogOpened())
      .when(openCatalog({ city: 'Elsewhere' }))
      .thenRejects('CATALOG_OF_ANOTHER_CITY');
  });
});

describe('adding services', () => {
  it('needs an open catalog', () => {
    given().when(addServices(service())).thenRejects('CATALOG_NOT_OPEN');
  });

  it('adds what is not there yet', () => {
    given(catalogOpened(), servicesAdded(service('pothole')))
      .when(addServices(service('pothole', { name: 'Another name' }), service('graffiti')))
      .then(servicesAdded(service('graffiti')));
  });

  it('that are all there changes nothing', () => {
    given(catalogOpened(), servicesAdded(service()))
      .when(addServices(service('pothole', { name: 'Another name' })))
      .thenNothing();
    given(catalogOpened()).when(addServices()).thenNothing();
  });

  it.each(['', '  ', 'x'.repeat(201)])('refuses a code that Open311 cannot carry: %j', (code) => {
    given(catalogOpened())
      .when(addServices(service('graffiti'), service(code)))
      .thenRejects('SERVICE_CODE_INVALID');
  });

  it('takes a code of 200 characters', () => {
    given(catalogOpened())
      .when(addServices(service('x'.repeat(200))))
      .then(servicesAdded(service('x'.repeat(200))));
  });

  it('offers nothing confidential yet', () => {
    given(catalogOpened())
      .when(addServices(service('tip', { visibility: 'confidential' })))
      .thenRejects('CONFIDENTIAL_NOT_OFFERED');
    given(catalogOpened())
      .when(addServices(service('tip', { visibility: 'private' })))
      .then(servicesAdded(service('tip', { visibility: 'private' })));
  });

  it('holds so many services, and not one more', () => {
    const some = (from: number, count: number) => Array.from({ length: count }, (_, index) => service(`service-${from + index}`));
    given(catalogOpened(), servicesAdded(...some(0, 1_999)))
      .when(addServices(...some(1_999, 1)))
      .then(servicesAdded(...some(1_999, 1)));
    given(catalogOpened(), servicesAdded(...some(0, 1_999)))
      .when(addServices(...some(1_999, 2)))
      .thenRejects('CATALOG_FULL');
  });

  it('keeps them in the order in which they were added', () => {
    const state = [catalogOpened(), servicesAdded(service('b'), service('a')), servicesAdded(service('c'))].reduce(
      serviceCatalogDecider.evolve,
      serviceCatalogDecider.initial,
    );
    expect([...state.services.keys()]).toEqual(['b', 'a', 'c']);
  });

  it('keeps the first definition of a code that one command names twice', () => {
    given(catalogOpened())
      .when(addServices(service('pothole'), service('pothole', { name: 'Another name' })))
      .then(servicesAdded(service('pothole')));
  });
});
