import preset from '../../jest.preset.mjs';

export default { ...preset, displayName: 'adapters', rootDir: import.meta.dirname };
