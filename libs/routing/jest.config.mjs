import preset from '../../jest.preset.mjs';

export default { ...preset, displayName: 'routing', rootDir: import.meta.dirname };
