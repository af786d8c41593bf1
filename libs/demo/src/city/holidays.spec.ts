import { holidaysOf } from './holidays.js';

describe('holidays', () => {
  it('fall where the calendar puts them, and are observed on a working day', () => {
    expect(holidaysOf(2027, 2027)).toEqual([
      { date: '2027-01-01', name: "New Year's Day" },
      { date: '2027-05-31', name: 'Memorial Day' },
      { date: '2027-07-05', name: 'Independence Day, observed' },
      { date: '2027-09-06', name: 'Labor Day' },
      { date: '2027-11-25', name: 'Thanksgiving Day' },
      { date: '2027-12-24', name: 'Christmas Day, observed' },
    ]);
    expect(holidaysOf(2025, 2030)).toHaveLength(36);
  });
});
