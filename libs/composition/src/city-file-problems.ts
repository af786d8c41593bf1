import { fieldsOf } from '@onedoor/kernel';

/** A list of the file, the field that tells its entries apart, and what one entry is called. */
interface NamedList {
  readonly list: string;
  readonly key: string;
  readonly called: string;
}

const DEPARTMENTS: NamedList = { list: 'departments', key: 'code', called: 'the code of a department' };
const SERVICES: NamedList = { list: 'services', key: 'code', called: 'the code of a service' };
const CALENDARS: NamedList = { list: 'calendars', key: 'id', called: 'the id of a calendar' };
const UNIQUE: readonly Omit<NamedList, 'called'>[] = [
  DEPARTMENTS,
  SERVICES,
  CALENDARS,
  { list: 'agreements', key: 'department' },
  { list: 'rules', key: 'service' },
];

/**
 * What stands twice in a city file, names what is not in it, or is not offered: half of a city would be set up before the log says so. It
 * looks at whatever has the right form, so that these problems are named beside those of form.
 */
export function cityFileProblems(content: unknown): readonly string[] {
  const city = fieldsOf(content) ?? {};
  const dangling = danglingIn(city);
  return [
    ...UNIQUE.flatMap(({ list, key }) => repeated(list, key, entriesOf(city[list]))),
    ...entriesOf(city['agreements']).flatMap((agreement, place) => agreementProblems(agreement, `agreements[${place}]`, dangling)),
    ...entriesOf(city['rules']).flatMap((rule, place) => [
      ...dangling(SERVICES, rule['service'], `rules[${place}].service`),
      ...dangling(DEPARTMENTS, rule['department'], `rules[${place}].department`),
    ]),
    ...entriesOf(city['services']).flatMap(({ visibility }, place) =>
      visibility === 'confidential' ? [`services[${place}].visibility: confidential services are not offered yet`] : [],
    ),
  ];
}

type Entry = Readonly<Record<string, unknown>>;

function agreementProblems(agreement: Entry, at: string, dangling: ReturnType<typeof danglingIn>): readonly string[] {
  const terms = fieldsOf(agreement['terms']) ?? {};
  const targets = entriesOf(terms['targets']);
  const milestones = targets.map(({ service, milestone }) => ({ service: `${String(service)}, ${String(milestone)}` }));
  return [
    ...dangling(DEPARTMENTS, agreement['department'], `${at}.department`),
    ...dangling(CALENDARS, terms['calendarId'], `${at}.terms.calendarId`),
    ...targets.flatMap(({ service }, each) => dangling(SERVICES, service, `${at}.terms.targets[${each}].service`)),
    ...repeated(`${at}.terms.targets`, 'service', milestones),
    ...repeated(`${at}.terms.pauses`, 'reason', entriesOf(terms['pauses'])),
  ];
}

/** The entries of a list; an entry that is no object counts, as one without fields. None for what is no list. */
const entriesOf = (value: unknown): readonly Entry[] => (Array.isArray(value) ? value.map((entry) => fieldsOf(entry) ?? {}) : []);

const NAME_CHARACTERS = 100;

/** Which of two entries counts would be a matter of their order. */
function repeated(list: string, key: string, entries: readonly Entry[]): readonly string[] {
  const seen = new Set<unknown>();
  return entries.flatMap(({ [key]: name }, place) => {
    const isRepeated = typeof name === 'string' && seen.has(name);
    seen.add(name);
    return isRepeated ? [`${list}[${place}].${key}: ${JSON.stringify(name.slice(0, NAME_CHARACTERS))} stands twice`] : [];
  });
}

/**
 * Tells what names no entry of a list of this city. A list that is none, or a name that is no text, is a problem of form and named as one.
 */
function danglingIn(city: Entry): (into: NamedList, name: unknown, at: string) => readonly string[] {
  const names = new Map(
    [DEPARTMENTS, SERVICES, CALENDARS].map(({ list, key }) => [list, new Set(entriesOf(city[list]).map((entry) => entry[key]))]),
  );
  return ({ list, called }, name, at) =>
    typeof name !== 'string' || !Array.isArray(city[list]) || names.get(list)?.has(name) === true
      ? []
      : [`${at}: must be ${called} of this file`];
}
