import { ServiceBody, ZoneName } from '@onedoor/intake';
import type { Instant } from '@onedoor/kernel';
import { bodyOf, DepartmentCode, ListOf, Nested, RequestProblem, Text } from '@onedoor/platform';
import { AgreementTermsBody, CalendarsRule, CreateDepartmentBody, RoutingRuleBody, type CalendarDraft } from '@onedoor/routing';
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
  @ListOf('services', ServiceBody, { most: 5_000 }) services!: readonly ServiceBody[];
  @CalendarsRule('calendars', 100) calendars!: readonly CalendarDraft[];
  @ListOf('agreements', CityAgreementBody, { most: 500 }) agreements!: readonly CityAgreementBody[];
  @ListOf('rules', RoutingRuleBody, { most: 5_000 }) rules!: readonly RoutingRuleBody[];
}

/** The city of a file's content, or every reason why it is none, each naming the field and the rule that it breaks. */
export function readCityFile(content: unknown, since: Instant): City | { readonly problems: readonly string[] } {
  try {
    const city: City = { ...bodyOf(CityFile).transform(content, { type: 'custom' }), since };
    const problems = [...repeated(city), ...dangling(city), ...notOffered(city)];
    return problems.length === 0 ? city : { problems };
  } catch (error) {
    if (!(error instanceof RequestProblem)) throw error;
    return { problems: error.details };
  }
}

/** What stands twice: which of the two counts would be a matter of order. */
function repeated({ departments, services, calendars, agreements, rules }: City): readonly string[] {
  const twice = (field: string, names: readonly string[]): readonly string[] => {
    const first = new Map([...names.entries()].reverse().map(([place, name]) => [name, place]));
    return names.flatMap((name, place) => (first.get(name) === place ? [] : [`${field}[${place}]: ${JSON.stringify(name)} stands twice`]));
  };
  return [
    ...twice(
      'departments',
      departments.map(({ code }) => code),
    ),
    ...twice(
      'services',
      services.map(({ code }) => code),
    ),
    ...twice(
      'calendars',
      calendars.map(({ id }) => id),
    ),
    ...twice(
      'agreements',
      agreements.map(({ department }) => department),
    ),
    ...twice(
      'rules',
      rules.map(({ service }) => service),
    ),
    ...agreements.flatMap(({ terms }, place) =>
      twice(
        `agreements[${place}].terms.targets`,
        terms.targets.map(({ service, milestone }) => `${service} ${milestone}`),
      ),
    ),
  ];
}

/** What names something that is not in the file: half of a city would be set up before the log says so. */
function dangling({ departments, services, calendars, agreements, rules }: City): readonly string[] {
  const codes = new Set(departments.map(({ code }) => code));
  const offered = new Set(services.map(({ code }) => code));
  const ids = new Set(calendars.map(({ id }) => id));
  const missing = (known: ReadonlySet<string>, name: string, field: string, what: string): readonly string[] =>
    known.has(name) ? [] : [`${field}: must be ${what} of this file`];
  return [
    ...agreements.flatMap(({ department, terms: { calendarId, targets } }, place) => [
      ...missing(codes, department, `agreements[${place}].department`, 'the code of a department'),
      ...missing(ids, calendarId, `agreements[${place}].terms.calendarId`, 'the id of a calendar'),
      ...targets.flatMap(({ service }, each) =>
        missing(offered, service, `agreements[${place}].terms.targets[${each}].service`, 'the code of a service'),
      ),
    ]),
    ...rules.flatMap(({ service, department }, place) => [
      ...missing(offered, service, `rules[${place}].service`, 'the code of a service'),
      ...missing(codes, department, `rules[${place}].department`, 'the code of a department'),
    ]),
  ];
}

const notOffered = ({ services }: City): readonly string[] =>
  services.flatMap(({ visibility }, place) =>
    visibility === 'confidential' ? [`services[${place}].visibility: confidential services are not offered yet`] : [],
  );
