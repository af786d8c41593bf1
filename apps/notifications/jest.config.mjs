import preset from '../../jest.preset.mjs';

export default { ...preset, displayName: 'notifications-service', rootDir: import.meta.dirname };
