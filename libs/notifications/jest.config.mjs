import preset from '../../jest.preset.mjs';

export default { ...preset, displayName: 'notifications', rootDir: import.meta.dirname };
