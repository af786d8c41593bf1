import type { ReactElement } from 'react';
import type { TrafficState } from '../traffic/traffic.js';

export interface TrafficView {
  readonly state: TrafficState;
  readonly seconds: number;
}

/** Says that this is a demonstration; where it goes on by itself, also whether it does, with the button that changes it. */
export function TrafficNote({ traffic }: { readonly traffic: TrafficView | null }): ReactElement {
  if (traffic === null)
    return (
      <div className="note">
        <p>{DEMO_CITY}</p>
      </div>
    );
  const isRunning = traffic.state === 'running';
  return (
    // There is no script on the page, so the button sends a form.
    <form className="note" method="post" action={`/demo/drip/${isRunning ? 'pause' : 'resume'}`}>
      <p>{`${DEMO_CITY} ${wordsFor(traffic)}`}</p>
      <button type="submit">{isRunning ? 'Hold the demo' : 'Let it go on'}</button>
    </form>
  );
}

const DEMO_CITY = 'Running with a demo city.';

function wordsFor({ state, seconds }: TrafficView): string {
  switch (state) {
    case 'running': {
      const interval = seconds === 1 ? 'second' : `${seconds} seconds`;
      return `The city is awake: a new case comes in every ${interval}, and staff work on them. Reload to see.`;
    }
    case 'paused':
      return 'The demo stands still: nothing comes in but what you post.';
    case 'spent':
      return 'The demo has come to a stop by itself, before it fills your disk: nothing comes in but what you post.';
  }
}
