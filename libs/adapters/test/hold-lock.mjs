import { lockDataFolder } from '../src/sqlite/data-folder-lock.ts';

// Takes the lock, says so, and keeps it until it is killed.
try {
  lockDataFolder(process.argv[2]);
  console.log('held');
  setInterval(() => undefined, 60_000);
} catch (error) {
  console.log(`${error.name}: ${error.message}`);
}
