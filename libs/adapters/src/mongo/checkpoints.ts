import type { Checkpoints, Position } from '@onedoor/engine';
import { type Connection, type Model, Schema } from 'mongoose';
import type { Calls } from './calls.js';
import { isDuplicate } from './failures.js';

interface CheckpointDocument {
  readonly _id: string;
  readonly position: Position;
}

const SCHEMA = new Schema<CheckpointDocument>(
  { _id: String, position: { type: String, required: true } },
  { strict: 'throw', versionKey: false },
);

/** Checkpoints in the database of the documents they are about: one document a name. */
export class MongoCheckpoints implements Checkpoints {
  readonly #model: Model<CheckpointDocument>;

  constructor(
    connection: Connection,
    private readonly calls: Calls,
  ) {
    this.#model = connection.model<CheckpointDocument>('checkpoints', SCHEMA, 'checkpoints');
  }

  async load(name: string): Promise<Position | null> {
    const found = await this.calls.read(() => this.#model.findById(name).lean().exec());
    return found?.position ?? null;
  }

  async advance(name: string, from: Position | null, to: Position | null): Promise<boolean> {
    if (from === null) return to === null ? (await this.load(name)) === null : this.#begin(name, to);
    if (to === null) {
      const { deletedCount } = await this.calls.write(() => this.#model.deleteOne({ _id: name, position: from }).exec());
      return deletedCount === 1;
    }
    const { matchedCount } = await this.calls.write(() =>
      this.#model.updateOne({ _id: name, position: from }, { $set: { position: to } }).exec(),
    );
    return matchedCount === 1;
  }

  /** The unique key lets exactly one insert succeed. */
  async #begin(name: string, position: Position): Promise<boolean> {
    try {
      await this.calls.write(() => this.#model.insertOne({ _id: name, position }));
      return true;
    } catch (error) {
      if (isDuplicate(error)) return false;
      throw error;
    }
  }
}
