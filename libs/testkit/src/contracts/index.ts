export { checkpointsContract, type CheckpointsUnderTest } from './checkpoints.contract.js';
export { eventBusContract, type EventBusUnderTest } from './event-bus.contract.js';
export { eventStoreContract, type EventStoreUnderTest } from './event-store.contract.js';
export { readModelsContract, type ReadModelsUnderTest } from './read-models.contract.js';
export { vaultContract, type VaultUnderTest } from './vault.contract.js';
export { sampleEvent, sampleEvents } from './sample-event.js';
