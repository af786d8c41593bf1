import { readTraceparent, writeTraceparent } from './tracing.js';

const HEADER = '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01';

describe('trace context', () => {
  it('is read and written back', () => {
    const context = readTraceparent(HEADER);
    expect(context).toEqual({ traceId: '4bf92f3577b34da6a3ce929d0e0e4736', spanId: '00f067aa0ba902b7', isSampled: true });
    expect(context && writeTraceparent(context)).toBe(HEADER);
  });

  it.each([
    undefined,
    '',
    'x',
    HEADER.toUpperCase(),
    `${HEADER}-more`,
    `01${HEADER.slice(2)}`,
    `00-${'0'.repeat(32)}-00f067aa0ba902b7-01`,
    `00-4bf92f3577b34da6a3ce929d0e0e4736-${'0'.repeat(16)}-01`,
  ])('is null where the header is absent or not well formed: %s', (header) => {
    expect(readTraceparent(header)).toBeNull();
  });
});
