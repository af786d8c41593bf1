import preset from '../../jest.preset.mjs';

export default { ...preset, displayName: 'analytics-service', rootDir: import.meta.dirname };
