import type { Aggregate } from '@onedoor/engine';
import {
  agreementDecider,
  AGREEMENT_SHAPES,
  type AgreementCommand,
  type AgreementEvent,
  type AgreementState,
} from './agreement/decider.js';
import { calendarDecider, CALENDAR_SHAPES, type CalendarEvent, type PublishCalendar, type PublishedCalendar } from './calendar/decider.js';
import type { CaseCommand } from './case/command.js';
import { caseDecider } from './case/decider.js';
import type { CaseEvent } from './case/events.js';
import { CASE_SHAPES } from './case/events.js';
import type { CaseState } from './case/state.js';
import {
  departmentDecider,
  DEPARTMENT_SHAPES,
  type CreateDepartment,
  type DepartmentEvent,
  type DepartmentState,
} from './department/decider.js';
import {
  routingRulesDecider,
  ROUTING_RULES_SHAPES,
  type PublishRoutingRules,
  type RoutingRulesEvent,
  type RoutingRulesState,
} from './rules/decider.js';

/** Stream `case-<reference>`. */
export const CASE: Aggregate<CaseState, CaseCommand, CaseEvent> = { category: 'case', decider: caseDecider, shapes: CASE_SHAPES };

/** Stream `agreement-<department>`. */
export const AGREEMENT: Aggregate<AgreementState, AgreementCommand, AgreementEvent> = {
  category: 'agreement',
  decider: agreementDecider,
  shapes: AGREEMENT_SHAPES,
};

/** Stream `calendar-<id>`. */
export const CALENDAR: Aggregate<readonly PublishedCalendar[], PublishCalendar, CalendarEvent> = {
  category: 'calendar',
  decider: calendarDecider,
  shapes: CALENDAR_SHAPES,
};

/** Stream `department-<code>`. */
export const DEPARTMENT: Aggregate<DepartmentState, CreateDepartment, DepartmentEvent> = {
  category: 'department',
  decider: departmentDecider,
  shapes: DEPARTMENT_SHAPES,
};

/** Stream `rules-city`. */
export const ROUTING_RULES: Aggregate<RoutingRulesState, PublishRoutingRules, RoutingRulesEvent> = {
  category: 'rules',
  decider: routingRulesDecider,
  shapes: ROUTING_RULES_SHAPES,
};

export { RULES_ID } from './rules/routing-rules.js';
