/** What a reason is about when the city itself can do something about it: permits, parts, staff, contractors and other departments. */
const INSIDE_THE_CITY = new Set([
  'permit',
  'part',
  'material',
  'supply',
  'equipment',
  'vehicle',
  'staff',
  'staffing',
  'crew',
  'personnel',
  'contractor',
  'subcontractor',
  'department',
  'budget',
  'funding',
]);

/**
 * Whether a reason to wait lies inside the city. It may stop a department's clock where its agreement says so, and never the promise to the
 * resident. Reasons are codes of the agreements' own, so that a word of them decides, in the singular or plural.
 */
export const isInsideCity = (reason: string): boolean =>
  reason
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .some(
      (word) => INSIDE_THE_CITY.has(word) || INSIDE_THE_CITY.has(word.replace(/s$/, '')) || INSIDE_THE_CITY.has(word.replace(/ies$/, 'y')),
    );
