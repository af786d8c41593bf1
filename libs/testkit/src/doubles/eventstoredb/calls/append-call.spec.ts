import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { type ClientHttp2Session, connect, constants } from 'node:http2';
import { connect as connectSocket } from 'node:net';
import streams from '@eventstore/db-client/generated/streams_pb.js';
import shared from '@eventstore/db-client/generated/shared_pb.js';
import type { EventStoreDbDouble } from '../double.js';
import { startEventStoreDbDouble } from '../start.js';

const APPEND = {
  ':method': 'POST',
  ':path': '/event_store.client.streams.Streams/Append',
  'content-type': 'application/grpc',
  te: 'trailers',
};

/** A message in its gRPC frame. */
function framed(message: streams.AppendReq): Buffer {
  const body = Buffer.from(message.serializeBinary());
  const head = Buffer.alloc(5);
  head.writeUInt32BE(body.length, 1);
  return Buffer.concat([head, body]);
}

function optionsOf(stream: string): streams.AppendReq {
  const name = new shared.StreamIdentifier();
  name.setStreamName(Buffer.from(stream));
  return new streams.AppendReq().setOptions(new streams.AppendReq.Options().setStreamIdentifier(name).setNoStream(new shared.Empty()));
}

function someEvent(): streams.AppendReq {
  const message = new streams.AppendReq.ProposedMessage().setId(new shared.UUID().setString(randomUUID())).setData(Buffer.from('{}'));
  message.getMetadataMap().set('type', 'Noted');
  message.getMetadataMap().set('content-type', 'application/json');
  return new streams.AppendReq().setProposedMessage(message);
}

/** Resolves by an answered ping, after which the double has read all data before it. */
const answered = (session: ClientHttp2Session): Promise<void> =>
  new Promise<void>((resolve, reject) => session.ping((error) => (error ? reject(error) : resolve())));

/** Ways in which a client disconnects: its process ends, it closes the connection, or it cancels the call. */
const DEPARTURES = ['process', 'connection', 'call'] as const;

/** Sends two events of an append and disconnects before the last one. Resolves when the double has processed them. */
async function breakOff(double: EventStoreDbDouble, stream: string, how: (typeof DEPARTURES)[number]): Promise<void> {
  const socket = connectSocket(double.port, '127.0.0.1');
  const session = connect(`http://127.0.0.1:${double.port}`, { createConnection: () => socket });
  session.on('error', () => undefined);
  await once(session, 'connect');
  const request = session.request(APPEND);
  request.on('error', () => undefined);
  const sent = Buffer.concat([optionsOf(stream), someEvent(), someEvent()].map(framed));
  await new Promise<void>((resolve) => request.write(sent, () => resolve()));
  await answered(session);
  const gone = once(socket, 'close');
  if (how === 'process') socket.end();
  else if (how === 'connection') session.destroy();
  else {
    const ended = once(request, 'close');
    request.close(constants.NGHTTP2_CANCEL);
    await ended;
    await answered(session);
    session.close();
  }
  await gone;
}

let double: EventStoreDbDouble;
beforeEach(async () => void (double = await startEventStoreDbDouble()));
afterEach(() => double.close());

it.each(DEPARTURES)('appends nothing for a client that disconnects in the middle of an append: its %s', async (how) => {
  const before = double.eventCount;
  for (let index = 0; index < 20; index++) await breakOff(double, `note-${index}`, how);
  // The double still answers another client.
  const session = connect(`http://127.0.0.1:${double.port}`);
  const request = session.request(APPEND);
  request.end(Buffer.concat([framed(optionsOf('note-whole')), framed(someEvent())]));
  request.resume();
  await once(request, 'end');
  session.close();
  expect(double.eventCount).toBe(before + 1);
});
