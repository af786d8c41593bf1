import preset from '../../jest.preset.mjs';

export default { ...preset, displayName: 'routing-service', rootDir: import.meta.dirname };
