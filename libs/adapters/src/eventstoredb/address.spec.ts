import { addressOf } from './address.js';

describe('the address of EventStoreDB', () => {
  it('keeps user and password out of what the client is told', () => {
    expect(addressOf('esdb://city:s%40cret@one:2113,two?tls=true')).toEqual({
      connectionString: 'esdb://one:2113,two?tls=true',
      credentials: { username: 'city', password: 's@cret' },
    });
    expect(addressOf('esdb+discover://cluster?tls=true', { username: 'city', password: 'secret' })).toMatchObject({ credentials: { username: 'city', password: 'secret' } });
  });

  it('asks for no user where the server knows none', () => {
    expect(addressOf('esdb://localhost:2113?tls=false').connectionString).toBe('esdb://localhost:2113?tls=false');
  });

  it.each(['esdb://host:2113', 'http://city:secret@host', 'esdb://city:sec@ret@host?tls=true', 'esdb://', ''])('refuses %s and repeats nothing of it', (connectionString) => {
    const refuse = () => addressOf(connectionString);
    expect(refuse).toThrow(/^The connection string of EventStoreDB/);
    expect(refuse).not.toThrow(/secret|ret@/);
  });
});
