import { givenOf } from '@onedoor/testkit';
import { createDepartment, departmentCreated } from '../../test/agreed.fixtures.js';
import { departmentDecider } from './decider.js';

const given = givenOf(departmentDecider);

describe('creating a department', () => {
  it('states its code and name', () => {
    given().when(createDepartment()).then(departmentCreated());
  });

  it('twice changes nothing', () => {
    given(departmentCreated()).when(createDepartment()).thenNothing();
  });

  it('keeps its first name: a name that is set up later is passed over', () => {
    given(departmentCreated('Parks')).when(createDepartment('Parks and Gardens')).thenNothing();
  });

  it.each(['', 'x'.repeat(61), 'two\nlines', '\ud800'])('refuses a code that no topic could be named after: %j', (code) => {
    given()
      .when({ ...createDepartment(), code })
      .thenRejects('DEPARTMENT_CODE_INVALID');
  });
});
