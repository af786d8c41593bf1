import preset from '../../jest.preset.mjs';

export default { ...preset, displayName: 'trials', rootDir: import.meta.dirname };
