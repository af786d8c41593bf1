import type { sendUnaryData } from '@grpc/grpc-js';
import type { ClusterInfo } from '@eventstore/db-client/generated/gossip_pb.js';
import type { SupportedMethods } from '@eventstore/db-client/generated/serverfeatures_pb.js';
import { ticksOf, uuidOf } from '../wire/messages.js';
import { gossip, serverFeatures } from '../wire/wire.js';
import type { Member } from './log-router.js';

/** Member states of the gossip protocol. */
const [FOLLOWER, LEADER] = [6, 8];

/** The members of the cluster, which of them leads, and their addresses. Needs no account. */
export function gossipCall(members: readonly Member[], answer: sendUnaryData<ClusterInfo>): void {
  const info = new gossip.ClusterInfo();
  for (const { instanceId, isLeader, isAlive, host, port } of members) {
    const endPoint = new gossip.EndPoint();
    endPoint.setAddress(host);
    endPoint.setPort(port);
    const member = new gossip.MemberInfo();
    member.setInstanceId(uuidOf(instanceId));
    member.setTimeStamp(ticksOf(Date.now()));
    member.setState(isLeader ? LEADER : FOLLOWER);
    member.setIsAlive(isAlive);
    member.setHttpEndPoint(endPoint);
    info.addMembers(member);
  }
  answer(null, info);
}

const METHODS = ['read', 'append', 'batchappend', 'delete', 'tombstone'];

/** The methods that the server supports. Clients ask before their first append whether `batchappend` is among them. */
export function featuresCall(answer: sendUnaryData<SupportedMethods>): void {
  const supported = new serverFeatures.SupportedMethods();
  supported.setEventStoreServerVersion('23.10.8-double');
  for (const name of METHODS) {
    const method = new serverFeatures.SupportedMethod();
    method.setServiceName('event_store.client.streams.streams');
    method.setMethodName(name);
    supported.addMethods(method);
  }
  answer(null, supported);
}
