import { checkpointsContract, eventBusContract, eventStoreContract, readModelsContract, vaultContract } from '@onedoor/testkit';
import { openMemory } from './open.js';
import { MemoryVault } from './vault.js';

const open = async () => openMemory();

eventStoreContract('memory', open);
readModelsContract('memory', open);
checkpointsContract('memory', open);
eventBusContract('memory', async () => {
  const data = openMemory();
  return { bus: data.bus, reopen: async () => data.bus, close: data.close };
});
// Memory cannot be damaged: a vault without the reference is the nearest case.
vaultContract('memory', async () => ({ vault: new MemoryVault(), loseKey: async () => new MemoryVault(), close: async () => undefined }));
