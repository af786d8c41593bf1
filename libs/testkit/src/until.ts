const POLL_MS = 5;

/** Resolves once the condition holds; the test's own time limit ends the waiting otherwise. */
export async function until(condition: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await condition())) await new Promise((resolve) => setTimeout(resolve, POLL_MS));
}
