import type { Projection } from '@onedoor/engine';
import { DEPARTMENT_SHAPES, type DepartmentEvent } from './decider.js';
import type { Department } from './department.js';

/** The departments of the city, in the order of their codes. */
export const DEPARTMENT_LIST: Projection<Department, DepartmentEvent> = {
  collection: { name: 'departments', version: 1, indexes: [['code']] },
  categories: ['department'],
  shapes: DEPARTMENT_SHAPES,
  handles: ['DepartmentCreated'],
  keys: ({ data: { code } }) => [code],
  evolve: (document, { at, data: { code, name } }) => document ?? { code, name, createdAt: at },
};
