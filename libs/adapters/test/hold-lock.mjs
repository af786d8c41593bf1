import { lockDataFolder } from '../src/sqlite/data-folder-lock.ts';

// Takes the lock, drops what it was given for it, says so, and keeps it until it is killed: run with --expose-gc.
try {
  lockDataFolder(process.argv[2]);
  globalThis.gc();
  console.log('held');
  setInterval(() => undefined, 60_000);
} catch (error) {
  console.log(`${error.name}: ${error.message}`);
}
