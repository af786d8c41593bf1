import type { Tell } from './history/live-history.js';

/** Says on standard error how far the past of the demo city has come; at its end only where nobody watches. */
export const tellProgress: Tell = (lived, of) => {
  const line = `Riverbend lives through its last six months: ${lived} of ${of} cases`;
  if (process.stderr.isTTY) process.stderr.write(lived === of ? `\r${line}\n` : `\r${line}`);
  else if (lived === of) process.stderr.write(`${line}\n`);
};
