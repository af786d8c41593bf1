import { identifierRule } from '@onedoor/kernel';
import { readAgreements, usualOwners } from './agreements-csv.js';

const HEADER = 'department,subject,type,n_cases,sla,unit,fit_share';
const csv = (...rows: readonly string[]): string => `${[HEADER, ...rows].join('\n')}\n`;

describe('an agreements file', () => {
  it('says what each department agreed to, by type', () => {
    expect(readAgreements(csv('ROAD,Roads,Hole,900,5,calendar_days,1', 'PARK,Parks,"Branch, fallen",300,48,elapsed_hours,1'))).toEqual({
      agreed: [
        { department: 'ROAD', type: 'Hole', amount: 5, unit: 'calendar_days', cases: 900 },
        { department: 'PARK', type: 'Branch, fallen', amount: 48, unit: 'elapsed_hours', cases: 300 },
      ],
      problems: [],
    });
  });

  it('may begin with a byte order mark and end its lines as Windows does', () => {
    const { agreed, problems } = readAgreements(`\uFEFF${csv('ROAD,Roads,Hole,900,5,calendar_days,1').replaceAll('\n', '\r\n')}`);
    expect([agreed.length, problems]).toEqual([1, []]);
  });

  it.each([
    ['line 2: department and type must be given', ',Roads,Hole,900,5,calendar_days,1'],
    ['line 2: department and type must be given', 'ROAD,Roads,,900,5,calendar_days,1'],
    [`line 2: department ${identifierRule(60)}`, '..,Roads,Hole,900,5,calendar_days,1'],
    [`line 2: type ${identifierRule(200)}`, 'ROAD,Roads,Hole ,900,5,calendar_days,1'],
    ['line 2: sla must be a whole number from 1', 'ROAD,Roads,Hole,900,0,calendar_days,1'],
    ['line 2: sla must be a whole number from 1', 'ROAD,Roads,Hole,900,2.5,calendar_days,1'],
    ['line 2: sla must be a whole number from 1', 'ROAD,Roads,Hole,900,,calendar_days,1'],
    ['line 2: n_cases must be a whole number', 'ROAD,Roads,Hole,many,5,calendar_days,1'],
  ])('%s', (problem, row) => {
    expect(readAgreements(csv(row)).problems).toEqual([problem]);
  });

  it('names the units that there are', () => {
    expect(readAgreements(csv('ROAD,Roads,Hole,900,5,days,1')).problems).toEqual([
      'line 2: unit must be one of elapsed_minutes, elapsed_hours, business_minutes, business_hours, business_days, calendar_days',
    ]);
  });

  it('says everything that is wrong, each by its line', () => {
    const { problems } = readAgreements(
      csv('ROAD,Roads,Hole,900,0,days,1', 'ROAD,Roads,Lamp,1,5,calendar_days,1', ',Roads,Song,x,5,calendar_days,1'),
    );
    expect(problems.map((problem) => problem.split(':')[0])).toEqual(['line 2', 'line 2', 'line 4', 'line 4']);
  });

  it('has one agreement for a department and type', () => {
    const row = 'ROAD,Roads,Hole,900,5,calendar_days,1';
    expect(readAgreements(csv(row, row.replace('ROAD', 'PARK'), row)).problems).toEqual([
      'line 4: this department and type stand in the file before',
    ]);
  });

  it.each([
    ['department,type,n_cases,unit\nROAD,Hole,900,calendar_days\n', ['the column sla is missing']],
    ['department,type,unit\n', ['the column n_cases is missing', 'the column sla is missing']],
    ['', ['department', 'type', 'n_cases', 'sla', 'unit'].map((column) => `the column ${column} is missing`)],
    [`${HEADER}\n`, ['there are no rows under the header']],
  ])('needs its columns and a row: %j', (text, problems) => {
    expect(readAgreements(text)).toEqual({ agreed: [], problems });
  });

  it.each([
    ['that never ends', 'ROAD,Roads,"Lamp,1,5,calendar_days,1'],
    ['that ends before its field does', 'ROAD,Roads,"Lamp" post,1,5,calendar_days,1'],
    ['that begins after its field does', 'ROAD,Roads,The "Lamp",1,5,calendar_days,1'],
  ])('has a problem, rather than being one, with a quote %s', (_name, row) => {
    const sound = 'ROAD,Roads,Hole,900,5,calendar_days,1';
    expect(readAgreements(csv(sound, row, sound, sound))).toEqual({
      agreed: [],
      problems: ['after line 2: a quote is never closed, or stands in the middle of a field'],
    });
  });

  it.each(['\n', '\r\n'])('counts its lines as an editor does, empty ones and those within quotes too: %j', (end) => {
    const rows = csv('', 'ROAD,"Roads\nand paths",Hole,900,0,calendar_days,1', 'ROAD,Roads,Lamp,900,0,calendar_days,1');
    expect(readAgreements(rows.replaceAll('\n', end)).problems).toEqual([
      'line 3: sla must be a whole number from 1',
      'line 5: sla must be a whole number from 1',
    ]);
  });

  it.each([
    ['line 2: has 4 fields instead of 7', 'ROAD,Roads,Hole,900'],
    ['line 2: has 8 fields instead of 7', 'ROAD,Roads,Hole, deep,900,5,calendar_days,1'],
  ])('says of a row that has too few or too many fields just that: %s', (problem, row) => {
    expect(readAgreements(csv(row, 'ROAD,Roads,Lamp,1,5,calendar_days,1')).problems).toEqual([problem]);
  });
});

describe('the usual owner of a type', () => {
  const agreed = (department: string, type: string, cases: number) => ({
    department,
    type,
    cases,
    amount: 1,
    unit: 'calendar_days' as const,
  });

  it('is the department that most of its cases stood under', () => {
    expect([...usualOwners([agreed('ROAD', 'Lamp', 20), agreed('PARK', 'Lamp', 50), agreed('ROAD', 'Hole', 1)])]).toEqual([
      ['Lamp', 'PARK'],
      ['Hole', 'ROAD'],
    ]);
  });

  it('is the first one of several with as many', () => {
    expect(usualOwners([agreed('ROAD', 'Lamp', 20), agreed('PARK', 'Lamp', 20)]).get('Lamp')).toBe('ROAD');
  });

  it('may have had no case at all', () => {
    expect(usualOwners([agreed('ROAD', 'Lamp', 0)]).get('Lamp')).toBe('ROAD');
  });
});
