import { Misconfigured } from '@onedoor/engine';
import { addressOf } from './address.js';

describe('the address of EventStoreDB', () => {
  it('names hosts, user and options', () => {
    expect(addressOf('esdb://city:s%40cret@one:2114,two?tls=true&tlsCAFile=%2Fetc%2Fca.pem&gossipTimeout=3')).toEqual({
      seeds: [
        { host: 'one', port: 2114 },
        { host: 'two', port: 2113 },
      ],
      isCluster: true,
      isSecure: true,
      credentials: { username: 'city', password: 's@cret' },
      options: { tlsCAFile: '/etc/ca.pem', gossipTimeoutMs: 3_000 },
    });
    expect(addressOf('esdb+discover://cluster?tls=true', { username: 'city', password: 'secret' })).toMatchObject({
      isCluster: true,
      credentials: { username: 'city', password: 'secret' },
    });
    expect(addressOf('esdb://[::1]:2113/?tls=false')).toMatchObject({ seeds: [{ host: '::1', port: 2113 }], isCluster: false });
  });

  it('takes every host behind esdb+discover:// as one to ask', () => {
    expect(addressOf('esdb+discover://one,two:2114,three?tls=false').seeds.map(({ host }) => host)).toEqual(['one', 'two', 'three']);
  });

  it('asks for no user where the server knows none', () => {
    expect(addressOf('esdb://localhost:2113?tls=false').isSecure).toBe(false);
  });

  it.each([
    'esdb://host:2113',
    'http://city:secret@host',
    'esdb://city:sec@ret@host?tls=true',
    'esdb://',
    '',
    'esdb://city:secret@host:0',
    'esdb://city:secret@ho st',
  ])('refuses %s and repeats nothing of it', (connectionString) => {
    const refuse = () => addressOf(connectionString);
    expect(refuse).toThrow(Misconfigured);
    expect(refuse).toThrow(/^The connection string of EventStoreDB/);
    expect(refuse).not.toThrow(/secret|ret@/);
  });

  it.each([
    ['nodePreference=follower', /nodePreference .* must be leader/],
    ['nodePreference=random', /nodePreference/],
    ['node-preference=readOnlyReplica', /nodePreference/],
    ['tsl=true', /unknown option "tsl"/],
    ['readPreference=leader', /unknown option "readPreference"/],
    ['tlsVerifyCert=false', /tlsVerifyCert/],
    ['maxDiscoverAttempts=3', /maxDiscoverAttempts that changes nothing here/],
    ['throwOnAppendFailure=false', /throwOnAppendFailure/],
    ['keepAliveInterval=often', /keepAliveInterval/],
    ['keepAliveInterval=0', /keepAliveInterval .* at least 1000/],
    ['keepAliveTimeout=5', /keepAliveTimeout/],
    ['gossipTimeout=1000', /gossipTimeout .* from 1 to 12/],
    ['defaultDeadline=60000', /defaultDeadline .* from 100 to 12000/],
    ['discoveryInterval=100000', /discoveryInterval .* from 1 to 2000/],
    ['tls=true&TLS=false', /tls twice/],
    ['tls=yes', /tls .* must be true or false/],
    ['userCertFile=a.pem', /userCertFile and userKeyFile/],
  ])('refuses the option %s by its name', (option, why) => {
    const refuse = () => addressOf(`esdb://city:secret@host?${option}`);
    expect(refuse).toThrow(Misconfigured);
    expect(refuse).toThrow(why);
    expect(refuse).not.toThrow(/secret/);
  });

  it('takes options that say what holds anyway', () => {
    expect(
      addressOf(
        'esdb://city:secret@host?TLS=true&nodePreference=Leader&throw_on_append_failure=true&tls-verify-cert=true&discoveryInterval=50',
      ).isSecure,
    ).toBe(true);
  });
});
