import { ServiceBody, ZoneName } from '@onedoor/intake';
import type { Instant } from '@onedoor/kernel';
import { bodyOf, DepartmentCode, ListOf, Nested, RequestProblem, Text } from '@onedoor/platform';
import { AgreementTermsBody, CalendarsRule, CreateDepartmentBody, RoutingRuleBody, type CalendarDraft } from '@onedoor/routing';
import { cityFileProblems } from './city-file-problems.js';
import type { City } from './found-city.js';

class CityAgreementBody {
  @DepartmentCode('department') department!: string;
  @Nested('terms', AgreementTermsBody) terms!: AgreementTermsBody;
}

/** A whole city in one JSON file: each part by the rules of the command that it becomes. */
class CityFile {
  @Text('name', 200) name!: string;
  @ZoneName('zone') zone!: string;
  @ListOf('departments', CreateDepartmentBody, { most: 500 }) departments!: readonly CreateDepartmentBody[];
  @ListOf('services', ServiceBody, { most: 2_000 }) services!: readonly ServiceBody[];
  @CalendarsRule('calendars', 100) calendars!: readonly CalendarDraft[];
  @ListOf('agreements', CityAgreementBody, { most: 500 }) agreements!: readonly CityAgreementBody[];
  @ListOf('rules', RoutingRuleBody, { most: 2_000 }) rules!: readonly RoutingRuleBody[];
}

/** The city of a file's content, or every reason why it is none, each naming the field and the rule that it breaks. */
export function readCityFile(content: unknown, since: Instant): City | { readonly problems: readonly string[] } {
  const read = readByRules(content);
  const problems = [...('problems' in read ? read.problems : []), ...cityFileProblems(content)];
  return 'problems' in read || problems.length > 0 ? { problems } : { ...read, since };
}

function readByRules(content: unknown): CityFile | { readonly problems: readonly string[] } {
  try {
    return bodyOf(CityFile).transform(content, { type: 'custom' });
  } catch (error) {
    if (!(error instanceof RequestProblem)) throw error;
    return { problems: error.details };
  }
}
