import preset from '../../jest.preset.mjs';

export default { ...preset, displayName: 'monitors', rootDir: import.meta.dirname };
