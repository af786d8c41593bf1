import type { ReactElement } from 'react';
import type { DripStanding } from '../demo/drip/drip.js';

export interface DripView {
  readonly standing: DripStanding;
  readonly seconds: number;
}

/** Whether the demo goes on by itself, and the button that changes it: a form, for there is no script. */
export function DripNote({ standing, seconds }: DripView): ReactElement {
  const isRunning = standing === 'running';
  return (
    <form className="note" method="post" action={`/demo/drip/${isRunning ? 'pause' : 'resume'}`}>
      <p>{wordsFor(standing, seconds)}</p>
      <button type="submit">{isRunning ? 'Hold the demo' : 'Let it go on'}</button>
    </form>
  );
}

function wordsFor(standing: DripStanding, seconds: number): string {
  switch (standing) {
    case 'running':
      return `The city is awake: a new case comes in every ${seconds === 1 ? 'second' : `${seconds} seconds`}, and staff work on them. Reload to see.`;
    case 'paused':
      return 'The demo stands still: nothing comes in but what you post.';
    case 'spent':
      return 'The demo has come to a stop by itself, before it fills your disk: nothing comes in but what you post.';
  }
}
