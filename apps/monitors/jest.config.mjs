import preset from '../../jest.preset.mjs';

export default { ...preset, displayName: 'monitors-service', rootDir: import.meta.dirname };
