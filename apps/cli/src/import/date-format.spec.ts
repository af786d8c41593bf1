import { dateReaderOf } from './date-format.js';

const ZONE = 'America/New_York';
const read = (form: string, text: string, zone = ZONE): string | null => {
  const reader = dateReaderOf(form);
  if (reader === null) throw new Error(`${form} is no form`);
  return reader(text, zone);
};

describe('the form of a date', () => {
  it.each([
    ['YYYY-MM-DD HH:mm:ss', '2011-07-05 09:00:00', '2011-07-05T13:00:00.000Z'],
    ['MM/DD/YYYY hh:mm:ss A', '07/05/2011 09:00:00 AM', '2011-07-05T13:00:00.000Z'],
    ['MM/DD/YYYY hh:mm:ss A', '07/05/2011 12:00:00 AM', '2011-07-05T04:00:00.000Z'],
    ['MM/DD/YYYY hh:mm:ss A', '07/05/2011 12:30:00 PM', '2011-07-05T16:30:00.000Z'],
    ['MM/DD/YYYY hh:mm:ss A', '07/05/2011 11:59:59 pm', '2011-07-06T03:59:59.000Z'],
    ['M/D/YYYY H:mm', '7/5/2011 9:05', '2011-07-05T13:05:00.000Z'],
    ['DD.MM.YYYY HH:mm', '05.07.2011 09:05', '2011-07-05T13:05:00.000Z'],
    ['YYYY-MM-DDTHH:mm:ss.SSS', '2011-07-05T09:00:00.250', '2011-07-05T13:00:00.250Z'],
    ['YYYY-MM-DDTHH:mm:ssZ', '2011-07-05T09:00:00-04:00', '2011-07-05T13:00:00.000Z'],
    ['YYYY-MM-DDTHH:mm:ssZ', '2011-07-05T13:00:00Z', '2011-07-05T13:00:00.000Z'],
    ['YYYYMMDD HHmm', '20110705 0900', '2011-07-05T13:00:00.000Z'],
  ])('%s reads %s', (form, text, instant) => {
    expect(read(form, text)).toBe(instant);
  });

  it.each([
    ['YYYY-MM-DD HH:mm:ss', '2011-02-30 09:00:00'],
    ['YYYY-MM-DD HH:mm:ss', '2011-07-05 24:00:00'],
    ['YYYY-MM-DD HH:mm:ss', '2011-07-05 09:60:00'],
    ['YYYY-MM-DD HH:mm:ss', '2011-07-05T09:00:00'],
    ['YYYY-MM-DD HH:mm:ss', '2011-07-05 09:00:00.5'],
    ['YYYY-MM-DD HH:mm:ss', ' 2011-07-05 09:00:00'],
    ['MM/DD/YYYY hh:mm:ss A', '13/05/2011 09:00:00 AM'],
    ['MM/DD/YYYY hh:mm:ss A', '07/05/2011 00:00:00 AM'],
    ['MM/DD/YYYY hh:mm:ss A', '07/05/2011 13:00:00 PM'],
    ['MM/DD/YYYY hh:mm:ss A', '07/05/2011 09:00:00'],
    ['DD.MM.YYYY HH:mm', '05x07x2011 09:05'],
    ['YYYY-MM-DDTHH:mm:ssZ', '2011-02-30T09:00:00-04:00'],
  ])('%s reads no %s', (form, text) => {
    expect(read(form, text)).toBeNull();
  });

  it.each([
    '',
    'YYYY-MM-DD',
    'YYYY-MM-DD hh:mm',
    'YYYY-MM-DD HH:mm A',
    'YYYY-MM-DD HH',
    'MM-DD HH:mm',
    'YYYY-MM-DD HH:mm HH',
    'YYYY-MM-DD HH:mm h A',
    'yyyy-MM-DD HH:mm',
    'day YYYY-MM-DD HH:mm',
  ])('is none: %j', (form) => {
    expect(dateReaderOf(form)).toBeNull();
  });

  it('goes by the zone that is given, and never by the one of the machine', () => {
    expect(read('YYYY-MM-DD HH:mm:ss', '2011-07-05 09:00:00', 'Asia/Tokyo')).toBe('2011-07-05T00:00:00.000Z');
    expect(read('YYYY-MM-DD HH:mm:ss', '2011-11-06 01:30:00')).toBe('2011-11-06T05:30:00.000Z');
    expect(dateReaderOf('YYYY-MM-DD HH:mm:ss')?.('2011-11-06 01:30:00', ZONE, '2011-11-06T05:50:00.000Z')).toBe('2011-11-06T06:30:00.000Z');
  });
});
