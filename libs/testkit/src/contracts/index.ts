export { checkpointsContract, type CheckpointsUnderTest } from './checkpoints.contract.js';
export { eventBusContract, type EventBusUnderTest } from './event-bus.contract.js';
export { eventStoreContract } from './event-store.contract.js';
export type { EventStoreUnderTest } from './event-store-under-test.js';
export { readModelsContract } from './read-models.contract.js';
export type { ReadModelsUnderTest } from './read-models-under-test.js';
export { vaultContract, type VaultUnderTest } from './vault.contract.js';
export { sampleEvent, sampleEvents } from './sample-event.js';
