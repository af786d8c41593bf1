import { accept, reject, type Decider } from '@onedoor/kernel';
import { given, givenOf } from '../src/given.js';

type Command = 'open' | 'look' | 'break';
interface Event {
  readonly type: 'opened' | 'unfoldable';
  readonly by?: string;
}

const DOOR: Decider<{ readonly isOpen: boolean }, Command, Event> = {
  initial: { isOpen: false },
  decide(command, state) {
    if (command === 'break') return accept<Event>({ type: 'unfoldable' });
    if (command === 'look') return accept();
    return state.isOpen ? reject('DOOR_IS_OPEN', 'It is open already') : accept<Event>({ type: 'opened' });
  },
  evolve(_state, event) {
    if (event.type === 'unfoldable') throw new Error('No state comes of this');
    return { isOpen: true };
  },
};

const givenDoor = givenOf(DOOR);

describe('given, when, then', () => {
  it('holds where the decision is exactly this', () => {
    given(DOOR).when('open').then({ type: 'opened' });
    givenDoor({ type: 'opened' }).when('open').thenRejects('DOOR_IS_OPEN');
    givenDoor().when('look').thenNothing();
  });

  it.each<[string, () => void]>([
    ['another event', () => givenDoor().when('open').then({ type: 'unfoldable' })],
    ['one event more', () => givenDoor().when('open').then({ type: 'opened' }, { type: 'opened' })],
    ['one field more', () => givenDoor().when('open').then({ type: 'opened', by: 'me' })],
    ['an event where there is none', () => givenDoor().when('look').then({ type: 'opened' })],
    ['nothing where there is an event', () => givenDoor().when('open').thenNothing()],
    ['nothing where it is refused', () => givenDoor({ type: 'opened' }).when('open').thenNothing()],
    ['another code', () => givenDoor({ type: 'opened' }).when('open').thenRejects('DOOR_IS_GREEN')],
    ['a refusal where it is accepted', () => givenDoor().when('open').thenRejects('DOOR_IS_OPEN')],
    ['an event that cannot be folded', () => givenDoor().when('break').then({ type: 'unfoldable' })],
  ])('fails for %s', (_name, check) => {
    expect(check).toThrow();
  });
});
