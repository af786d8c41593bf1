import preset from '../../jest.preset.mjs';

export default { ...preset, displayName: 'testkit', rootDir: import.meta.dirname };
