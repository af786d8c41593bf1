import preset from '../../jest.preset.mjs';

export default { ...preset, displayName: 'intake-service', rootDir: import.meta.dirname };
