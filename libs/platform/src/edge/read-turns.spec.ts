import { ReadTurns } from './read-turns.js';

class Connection {
  destroyed = false;

  destroy(): void {
    this.destroyed = true;
  }
}

/** Turns of an event loop that the test moves. */
function opened(): { readonly turns: ReadTurns; readonly turn: () => void; readonly begun: string[] } {
  const due: (() => void)[] = [];
  return { turns: new ReadTurns((call) => due.push(call)), turn: () => due.shift()?.(), begun: [] };
}

describe('turns of reads', () => {
  it('begin a read at once where none was begun in this turn', () => {
    const { turns, turn, begun } = opened();
    turns.take(new Connection(), () => begun.push('a'));
    expect(begun).toEqual(['a']);
    turn();
    turns.take(new Connection(), () => begun.push('b'));
    expect(begun).toEqual(['a', 'b']);
  });

  it('begin one a turn, and let connections take turns, however many one of them sent', () => {
    const { turns, turn, begun } = opened();
    const greedy = new Connection();
    for (let index = 0; index < 50; index++) turns.take(greedy, () => begun.push(`greedy ${index}`));
    const other = new Connection();
    turns.take(other, () => begun.push('other'));
    expect(begun).toEqual(['greedy 0']);
    turn();
    turn();
    expect(begun).toEqual(['greedy 0', 'greedy 1', 'other']);
    for (let index = 0; index < 48; index++) turn();
    expect([begun.length, begun.at(-1)]).toEqual([51, 'greedy 49']);
  });

  it('begin nothing for a connection that is gone', () => {
    const { turns, turn, begun } = opened();
    const gone = new Connection();
    turns.take(gone, () => begun.push('first'));
    turns.take(gone, () => begun.push('second'));
    turns.take(new Connection(), () => begun.push('other'));
    gone.destroy();
    turn();
    expect(begun).toEqual(['first', 'other']);
  });

  it('break a connection off that asks on and on, and keep nothing of it', () => {
    const { turns, turn, begun } = opened();
    const [endless, other] = [new Connection(), new Connection()];
    for (let index = 0; index < 1_000 && !endless.destroyed; index++) turns.take(endless, () => begun.push('endless'));
    expect([endless.destroyed, begun]).toEqual([true, ['endless']]);
    turns.take(other, () => begun.push('other'));
    turn();
    expect(begun).toEqual(['endless', 'other']);
  });
});
