import type { ReadModels } from '@onedoor/engine';

/** New and empty read models for one test. */
export interface ReadModelsUnderTest {
  readonly readModels: ReadModels;
  close(): Promise<void>;
}
