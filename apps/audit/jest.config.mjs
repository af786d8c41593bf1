import preset from '../../jest.preset.mjs';

export default { ...preset, displayName: 'audit-service', rootDir: import.meta.dirname };
